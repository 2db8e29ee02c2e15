import { describe, expect, test } from "vitest";
import { aReplication, aSlot, aStandby } from "@/lib/testing/replication";
import { nodeIdSchema } from "./node";
import { lagOf, slotPurpose, slotTrouble, standbyHealth } from "./replication";
import { standbysOf } from "./replication-fold";
import { replicationVerdict } from "./replication-verdict";

const nameOf = (nodeId: number) => `:${nodeId}`;
const told = (over: Parameters<typeof aReplication>[0]) => {
  const { tone, fact, meaning } = replicationVerdict(aReplication(over), nameOf);
  return `${tone}: ${fact} ${meaning}`;
};

describe("the lag to act on", () => {
  test("while replay is paused replay_lag stands still and the position's age speaks", () => {
    const paused = aStandby({ replayBytes: 4_174_592, replaySeconds: 0.25, behind: { seconds: 90, atLeast: false } });
    expect(lagOf(paused)).toEqual({ seconds: 90, atLeast: false });
    expect(standbyHealth(paused)).toBe("behind");
  });

  test("while replay goes on PostgreSQL's own time is finer than a poll", () => {
    expect(lagOf(aStandby({ replaySeconds: 1.2, behind: { seconds: 0, atLeast: false } }))?.seconds).toBe(1.2);
  });

  test("with nothing left to replay there is no lag, whatever was measured last", () => {
    expect(lagOf(aStandby({ replayBytes: 0, replaySeconds: 30 }))).toEqual({ seconds: 0, atLeast: false });
  });

  test("what nobody told is unknown", () => {
    expect(lagOf(aStandby({ replayBytes: null, behind: null }))).toBeNull();
    expect(lagOf(aStandby({ replaySeconds: null, behind: null }))).toBeNull();
    expect(standbyHealth(aStandby({ state: null }))).toBe("unknown");
  });
});

describe("slots", () => {
  test("kept WAL is trouble when nobody uses the slot or its limit is near; lost WAL always is", () => {
    expect(slotTrouble(aSlot({ keptBytes: 900, limitBytes: 1000 }))).toBe("near-limit");
    expect(slotTrouble(aSlot({ keptBytes: 100, limitBytes: 1000 }))).toBeNull();
    expect(slotTrouble(aSlot({ isActive: false, keptBytes: 100 }))).toBe("idle");
    expect(slotTrouble(aSlot({ isActive: false, keptBytes: null }))).toBeNull();
    expect(slotTrouble(aSlot({ walStatus: "lost", keptBytes: null }))).toBe("lost");
    expect(slotTrouble(aSlot({ walStatus: "unreserved" }))).toBe("near-limit");
  });

  test("while shards move, the slot of a move may wait for its copy; when nothing moves it is left over", () => {
    const slot = aSlot({
      name: "citus_shard_move_slot_2_10_25",
      purpose: "shard-move",
      isActive: false,
      keptBytes: 184,
    });
    expect(slotTrouble(slot, true)).toBeNull();
    expect(slotTrouble(slot, false)).toBe("idle");
    expect(slotTrouble(aSlot({ isActive: false, keptBytes: 184 }), true)).toBe("idle");
  });

  test("Citus' own are known by name", () => {
    expect(slotPurpose("citus_shard_move_slot_7_10_9")).toBe("shard-move");
    expect(slotPurpose("citus_shard_split_slot_1_2_3")).toBe("shard-split");
    expect(slotPurpose("standby_1")).toBeNull();
  });
});

describe("the verdict", () => {
  test("calm: how far behind at most", () => {
    expect(told({ standbys: [aStandby()] })).toBe(
      "ok: The one standby keeps up: less than 1 s behind at most. Each replays what its primary writes.",
    );
  });

  test("behind: which standby, of whom, how long, how much; at least where nobody watched", () => {
    const behind = aStandby({ replayBytes: 2_097_152, behind: { seconds: 75, atLeast: true } });
    expect(told({ standbys: [behind, aStandby({ key: "x" })] })).toBe(
      "warn: standby_1 replays what :2 wrote at least 1 min 15 s ago. 2.0 MB of WAL are not replayed yet.",
    );
  });

  test("a standby that streams no more comes before one that is behind", () => {
    const missing = [{ key: "k", nodeId: nodeIdSchema.parse(2), name: "standby_2", lastSeenSeconds: 12 }];
    expect(told({ missing, standbys: [aStandby({ behind: { seconds: 75, atLeast: false } })] })).toMatch(
      /^bad: standby_2 of :2 streams no more\. Seen last 12 s ago\./,
    );
  });

  test("lost WAL comes before everything", () => {
    expect(told({ slots: [aSlot({ walStatus: "lost" })] })).toMatch(/^bad: Slot standby_1 on :2 has lost WAL/);
  });

  test("a slot that nobody uses is named with what it keeps and what that leads to", () => {
    expect(told({ standbys: [aStandby()], slots: [aSlot({ isActive: false, keptBytes: 1_048_576 })] })).toBe(
      "warn: 1 slot nobody uses keeps WAL: standby_1 on :2 1.0 MB. Without max_slot_wal_keep_size it grows until the disk is full.",
    );
  });

  test("no standby is said as what it means; nodes that do not answer are never called fine", () => {
    expect(told({})).toMatch(/^info: No standby streams from any node that answers\./);
    const problem = { code: "node_unreachable" as const, detail: "silent", traceId: "t" };
    const [first] = aReplication().answers;
    if (!first) throw new Error("an answer");
    const answers = [first, { nodeId: nodeIdSchema.parse(2), ok: false as const, problem, tookMs: 1 }];
    expect(told({ answers, standbys: [aStandby()] })).toMatch(/^warn: .*Of 1 node nothing is known now\.$/);
  });
});

const receiver = {
  pid: 1,
  name: "walreceiver",
  user: "r",
  client: "127.0.0.1",
  state: "streaming",
  syncState: "async",
  slot: null,
  slotKind: null,
  writeSeconds: null,
  flushSeconds: null,
  replaySeconds: null,
  sentLsn: null,
  replayLsn: null,
  sentAt: 100,
  writtenAt: 100,
  flushedAt: 100,
  replayedAt: 120,
};
const node = { at: 1, currentLsn: "0/64", currentAt: 100, slotLimitBytes: null, slots: [] };

test("the connection by which Citus makes the slot of a move is no standby, though it has no slot yet", () => {
  const ofCitus = { ...receiver, name: "citus_internal gpid=10000015020", state: "startup" };
  const standbys = standbysOf(nodeIdSchema.parse(2), { ...node, receivers: [receiver, ofCitus] }, []);
  expect(standbys.map(({ kind }) => kind)).toEqual(["standby", "subscriber"]);
});

test("standbys that share name and address get keys of their own", () => {
  const standbys = standbysOf(
    nodeIdSchema.parse(2),
    { ...node, receivers: [receiver, { ...receiver, slot: "b" }, { ...receiver, name: "standby_c", slot: "c" }] },
    [{ at: 1, bytes: 100 }],
  );
  expect(standbys.map(({ key }) => key)).toEqual([
    "2 walreceiver 127.0.0.1 #1",
    "2 walreceiver 127.0.0.1 b",
    // Alone under its name the slot does not count: it is listed without one while it connects.
    "2 standby_c 127.0.0.1",
  ]);
  // Read a moment later than the primary's position: ahead of it, never negative.
  expect(standbys[0]).toMatchObject({ replayBytes: 0, behind: { seconds: 0, atLeast: false } });
});
