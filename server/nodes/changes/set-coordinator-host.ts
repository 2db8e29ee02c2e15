import "server-only";
import { coordinatorHostNotes, maySetCoordinatorHost } from "@/lib/domain/coordinator-host";
import { addressOf, isCoordinator } from "@/lib/domain/node";
import { addressInput } from "@/lib/domain/node-change";
import { call, change, NOTHING_BEFORE } from "@/server/changes/define";
import { run } from "@/server/pg/run";
import * as reads from "@/server/sql/nodes";
import * as statements from "@/server/sql/nodes-write";
import { readCandidate } from "../candidate";
import { checkHost } from "../host-check";
import { listNodes } from "../reads";
import { rightNote } from "../rights";
import { silenceNotes, silentPrimaries } from "../silence";
import { ALL_NODES, NODE_TOPICS } from "./one-node";

/** Tells every node under which address the coordinator is found. */
export const setCoordinatorHost = change({
  name: "node.setCoordinatorHost",
  permission: "coordinator:setHost",
  input: addressInput,
  doing: (subject) => `registering the coordinator under ${subject}`,
  before: NOTHING_BEFORE,
  prepare: async (target, { host, port }) => {
    const address = { host, port };
    const nodes = await listNodes(target);
    const verdict = maySetCoordinatorHost(address, nodes);
    const entry = await checkHost(target, host);
    const look = async () => {
      // Before the list was asked nobody connects to it, the coordinator neither.
      if (entry.note.tone === "bad") return [entry.note];
      const [reading, [identity], right, silent] = await Promise.all([
        readCandidate(target, address, nodes, "ops"),
        run(target, reads.ownIdentity, undefined),
        rightNote(target, "citus_set_coordinator_host", { superuser: false }),
        silentPrimaries(target, nodes),
      ]);
      return [
        entry.note,
        ...coordinatorHostNotes(reading, identity?.server_id ?? null),
        right,
        ...silenceNotes(silent),
      ];
    };
    return {
      subject: addressOf(address),
      steps: [
        {
          title: `Register the coordinator under ${addressOf(address)}, on every node`,
          takes: "under 1 s",
          calls: [call(statements.setCoordinatorHost, address)],
        },
      ],
      notes: verdict.allowed ? await look() : [{ tone: "bad", text: verdict.because }],
      dependsOn: entry.basis,
      claims: [ALL_NODES],
      before: null,
      refresh: NODE_TOPICS,
    };
  },
  effect: async (target, { input: { host, port } }) => {
    const coordinator = (await listNodes(target)).find((node) => isCoordinator(node) && node.role === "primary");
    return {
      seen: coordinator?.host === host && coordinator.port === port,
      sentence: coordinator
        ? `pg_dist_node has the coordinator under ${addressOf(coordinator)}.`
        : "pg_dist_node has no coordinator.",
    };
  },
});
