import { nodeIdSchema } from "@/lib/domain/node";
import type { Replication, Slot, Standby } from "@/lib/domain/replication";

const nodeId = nodeIdSchema.parse(2);

export function aStandby(over: Partial<Standby> = {}): Standby {
  return {
    key: "2 standby_1",
    nodeId,
    name: "standby_1",
    kind: "standby",
    user: "replicator",
    client: "10.0.0.9",
    slot: "standby_1",
    state: "streaming",
    syncState: "async",
    writeSeconds: 0.001,
    flushSeconds: 0.002,
    replaySeconds: 0.003,
    sentLsn: "0/5000000",
    replayLsn: "0/4FFFFF0",
    sentBytes: 0,
    writeBytes: 0,
    flushBytes: 0,
    replayBytes: 16,
    behind: { seconds: 0, atLeast: false },
    ...over,
  };
}

export function aSlot(over: Partial<Slot> = {}): Slot {
  return {
    nodeId,
    name: "standby_1",
    kind: "physical",
    database: null,
    purpose: null,
    isActive: true,
    isTemporary: false,
    keptBytes: 0,
    limitBytes: null,
    walStatus: "reserved",
    inactiveSeconds: null,
    ...over,
  };
}

export function aReplication(over: Partial<Replication> = {}): Replication {
  return {
    answers: [1, 2].map((id) => ({
      nodeId: nodeIdSchema.parse(id),
      ok: true,
      by: "direct",
      tookMs: 2,
      value: "0/5000000",
    })),
    standbys: [],
    slots: [],
    missing: [],
    history: { times: [], series: [] },
    ...over,
  };
}
