import "server-only";
import { secondaryNotes } from "@/lib/domain/candidate-secondary";
import { addressOf } from "@/lib/domain/node";
import { type AddSecondaryInput, addSecondaryInput } from "@/lib/domain/node-change";
import { mayAdd, mayAddSecondary } from "@/lib/domain/node-rules";
import { call, change } from "@/server/changes/define";
import * as statements from "@/server/sql/nodes-write";
import { readCandidate } from "../candidate";
import { nodeOf } from "../now";
import { listNodes } from "../reads";
import { rightNote } from "../rights";
import { silenceNotes, silentPrimaries } from "../silence";
import { NODE_TOPICS } from "./one-node";

/** Registers a standby in the group of its primary, so that Citus knows where reads may go. */
export const addSecondary = change<AddSecondaryInput>({
  name: "node.addSecondary",
  permission: "node:addSecondary",
  input: addSecondaryInput,
  prepare: async (target, { primaryId, host, port }) => {
    const secondary = { host, port };
    const nodes = await listNodes(target);
    const primary = nodeOf(nodes, primaryId);
    const refusal = [mayAddSecondary(primary), mayAdd(secondary, nodes)].find((verdict) => !verdict.allowed);
    const look = async () => {
      const [standby, source, right, silent] = await Promise.all([
        readCandidate(target, secondary, nodes),
        readCandidate(target, primary, []),
        rightNote(target, "citus_add_secondary_node", { superuser: false }),
        silentPrimaries(target, nodes),
      ]);
      return [...secondaryNotes(standby, source), right, ...silenceNotes(silent)];
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
      refresh: NODE_TOPICS,
      verify: async () => {
        const seen = (await listNodes(target)).find((node) => node.host === host && node.port === port);
        const isThere = seen?.role === "secondary" && seen.groupId === primary.groupId;
        return {
          seen: isThere,
          sentence: isThere
            ? `pg_dist_node has ${addressOf(secondary)} as node ${seen.id}, secondary of ${addressOf(primary)}.`
            : `${addressOf(secondary)} is not in pg_dist_node as a secondary of ${addressOf(primary)}.`,
        };
      },
    };
  },
});
