import "server-only";
import { z } from "zod";
import { secondaryNotes } from "@/lib/domain/candidate-secondary";
import { addressOf } from "@/lib/domain/node";
import { addSecondaryInput } from "@/lib/domain/node-change";
import { mayAdd, mayAddSecondary } from "@/lib/domain/node-rules";
import { call, change } from "@/server/changes/define";
import * as statements from "@/server/sql/nodes-write";
import { readCandidate } from "../candidate";
import { checkHost } from "../host-check";
import { nodeOf } from "../now";
import { listNodes } from "../reads";
import { rightNote } from "../rights";
import { silenceNotes, silentPrimaries } from "../silence";
import { ALL_NODES, NODE_TOPICS } from "./one-node";

/** Registers a standby in the group of its primary, so that Citus knows where reads may go. */
export const addSecondary = change({
  name: "node.addSecondary",
  permission: "node:addSecondary",
  input: addSecondaryInput,
  doing: (subject) => `adding the secondary ${subject}`,
  before: z.object({ primary: z.string(), groupId: z.int() }),
  prepare: async (target, { primaryId, host, port }) => {
    const secondary = { host, port };
    const nodes = await listNodes(target);
    const primary = nodeOf(nodes, primaryId);
    const refusal = [mayAddSecondary(primary), mayAdd(secondary, nodes)].find((verdict) => !verdict.allowed);
    const entry = await checkHost(target, host);
    const look = async () => {
      if (entry.note.tone === "bad") return [entry.note];
      const [standby, source, right, silent] = await Promise.all([
        readCandidate(target, secondary, nodes, "ops"),
        readCandidate(target, primary, [], "ops"),
        rightNote(target, "citus_add_secondary_node", { superuser: false }),
        silentPrimaries(target, nodes),
      ]);
      return [entry.note, ...secondaryNotes(standby, source), right, ...silenceNotes(silent)];
    };
    return {
      subject: addressOf(secondary),
      steps: [
        {
          title: `Register ${addressOf(secondary)} as a secondary of ${addressOf(primary)}`,
          takes: "under 1 s",
          calls: [call(statements.addSecondary, { secondary, primary: { host: primary.host, port: primary.port } })],
        },
      ],
      notes: refusal && !refusal.allowed ? [{ tone: "bad", text: refusal.because }] : await look(),
      dependsOn: entry.basis,
      claims: [ALL_NODES],
      before: { primary: addressOf(primary), groupId: primary.groupId },
      refresh: NODE_TOPICS,
    };
  },
  effect: async (target, { input: { host, port }, before: { primary, groupId } }) => {
    const seen = (await listNodes(target)).find((node) => node.host === host && node.port === port);
    const isThere = seen?.role === "secondary" && seen.groupId === groupId;
    const address = addressOf({ host, port });
    return {
      seen: isThere,
      sentence: isThere
        ? `pg_dist_node has ${address} as node ${seen.id}, secondary of ${primary}.`
        : `${address} is not in pg_dist_node as a secondary of ${primary}.`,
    };
  },
});
