import "server-only";
import { z } from "zod";
import { secondaryNotes } from "@/lib/domain/candidate-secondary";
import { addCloneInput, mayAddClone } from "@/lib/domain/clone";
import { cloneStreamNotes } from "@/lib/domain/clone-notes";
import { allOf } from "@/lib/domain/cluster";
import { bySeverity } from "@/lib/domain/distribute-note";
import { addressOf } from "@/lib/domain/node";
import { mayAdd } from "@/lib/domain/node-rules";
import { call, change } from "@/server/changes/define";
import { readHealth } from "@/server/health/reads";
import * as statements from "@/server/sql/clones";
import { readCandidate } from "../candidate";
import { readReceivers } from "../clone-reads";
import { checkHost } from "../host-check";
import { nodeOf, readNodesNow } from "../now";
import { listNodes } from "../reads";
import { rightNote } from "../rights";
import { silenceNotes, silentPrimaries } from "../silence";
import { ALL_NODES, NODE_TOPICS } from "./one-node";

/** Makes a standby of a worker known as its clone. Nothing is used of it until it is promoted. */
export const addClone = change({
  name: "clone.add",
  permission: "clone:promote",
  input: addCloneInput,
  doing: (subject) => `adding the clone ${subject}`,
  before: z.object({ primary: z.string(), primaryId: z.int() }),
  prepare: async (target, { primaryId, host, port }) => {
    const clone = { host, port };
    const [now, health] = await Promise.all([readNodesNow(target), readHealth(target)]);
    const primary = nodeOf(now.nodes, primaryId);
    const verdict = allOf(mayAddClone(primary, now, health.capabilities.addClone), mayAdd(clone, now.nodes));
    const entry = await checkHost(target, host);
    const look = async () => {
      if (entry.note.tone === "bad") return [entry.note];
      const [standby, source, receivers, right, silent] = await Promise.all([
        readCandidate(target, clone, now.nodes, "ops"),
        readCandidate(target, primary, [], "ops"),
        readReceivers(target, primary),
        rightNote(target, "citus_add_clone_node", { superuser: true }),
        silentPrimaries(target, now.nodes),
      ]);
      const streams = cloneStreamNotes(addressOf(primary), receivers);
      return bySeverity([entry.note, ...secondaryNotes(standby, source), ...streams, right, ...silenceNotes(silent)]);
    };
    return {
      subject: addressOf(clone),
      steps: [
        {
          title: `Register ${addressOf(clone)} as a clone of ${addressOf(primary)}`,
          takes: "a few seconds",
          calls: [call(statements.addClone, { clone, primary: { host: primary.host, port: primary.port } })],
        },
      ],
      notes: verdict.allowed ? await look() : [{ tone: "bad", text: verdict.because }],
      dependsOn: entry.basis,
      claims: [ALL_NODES, { object: `node:${primaryId}`, mode: "shared" }],
      before: { primary: addressOf(primary), primaryId },
      refresh: NODE_TOPICS,
    };
  },
  effect: async (target, { input: { host, port }, before: { primary, primaryId } }) => {
    const seen = (await listNodes(target)).find((node) => node.host === host && node.port === port);
    const isThere = seen?.isClone === true && seen.cloneOf === primaryId;
    const address = addressOf({ host, port });
    return {
      seen: isThere,
      sentence: isThere
        ? `pg_dist_node has ${address} as node ${seen.id}, clone of ${primary}.`
        : `${address} is not in pg_dist_node as a clone of ${primary}.`,
    };
  },
});
