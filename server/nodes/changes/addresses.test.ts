import { beforeEach, expect, test, vi } from "vitest";
import type { ClusterNode, NodeId } from "@/lib/domain/node";
import { aTarget } from "@/server/testing/a-target";

/** Whatever makes the coordinator connect somewhere. */
const connects = vi.hoisted(() => vi.fn());
vi.mock("../candidate", () => ({ readCandidate: connects, operationsNote: connects }));
vi.mock("../reads", () => ({ listNodes: async () => nodes }));
vi.mock("../now", () => ({
  readNodesNow: async () => ({ nodes, topology: { tables: [] } }),
  nodeOf: () => nodes[0],
}));
vi.mock("../rights", () => ({ rightNote: connects }));
vi.mock("../silence", () => ({ silentPrimaries: connects, silenceNotes: connects }));
vi.mock("@/server/pg/run", () => ({ run: connects }));

const primary = { id: 1, groupId: 1, host: "10.0.0.1", port: 5432, role: "primary", isActive: true } as ClusterNode;
const nodes = [primary];
const target = aTarget({ coordinator: { host: "citus-a.example", port: 5432 } });
beforeEach(() => connects.mockReset());

const FORBIDDEN = ["169.254.169.254", "127.0.0.1", "8.8.8.8", "::1", "fe80::1"];

test("T10: no plan for an address, which every viewer may ask for, makes the coordinator connect to a place that may not join", async () => {
  const { addNode } = await import("./add-node");
  const { addSecondary } = await import("./add-secondary");
  const { setCoordinatorHost } = await import("./set-coordinator-host");
  for (const host of FORBIDDEN) {
    const address = { clusterId: target.clusterId, host, port: 22 };
    const plans = [
      await addNode.prepare(target, address),
      await addSecondary.prepare(target, { ...address, primaryId: 1 as NodeId }),
      await setCoordinatorHost.prepare(target, address),
    ];
    for (const { notes } of plans)
      expect(notes, host).toEqual([
        expect.objectContaining({ tone: "bad", text: `${host} may not join this cluster.` }),
      ]);
  }
  expect(connects).not.toHaveBeenCalled();
});
