import { expect, test } from "vitest";
import { aTable, aWorker } from "@/lib/testing/layout";
import type { ShardCheck, ShardRoom } from "./shard-check";
import { shardNotes } from "./shard-preflight";
import { groupBytes } from "./shard-rules";

const GB = 1024 ** 3;
const [source, goal, other] = [aWorker(1), aWorker(2), aWorker(3)];
const room = (over: Partial<ShardRoom> = {}): ShardRoom => ({
  walLevel: "logical",
  slots: 10,
  slotsUsed: 2,
  diskFree: 40 * GB,
  diskTotal: 100 * GB,
  outputPlugins: "pgoutput, test_decoding",
  relations: [],
  ...over,
});

const check = (over: Partial<ShardCheck> = {}): ShardCheck => ({
  mode: "auto",
  deed: "move",
  tables: [aTable(1, "customers"), aTable(2, "orders")],
  source,
  targets: [goal],
  gains: new Map([[goal.id, 2 * GB]]),
  names: new Map([source, goal, other].map((node) => [node.id, `:${node.port}`])),
  openJobId: null,
  asked: 4,
  silent: [],
  unread: [],
  rooms: new Map([source, goal, other].map((node) => [node.id, room()])),
  login: "shardboard_ops",
  notOwned: [],
  diskPercent: 10,
  records: [],
  needsDecoder: false,
  ...over,
});

const refusal = (over: Partial<ShardCheck>) => shardNotes(check(over)).find((note) => note.tone === "bad");
const texts = (over: Partial<ShardCheck> = {}) => shardNotes(check(over)).map((note) => `${note.tone}: ${note.text}`);

test("a cluster in order refuses nothing, and says what it has room for", () => {
  expect(texts()).toEqual(["ok: All 4 nodes answer.", "ok: :55166 has 40.0 GB free and gets 2.0 GB."]);
});

test.each<[string, Partial<ShardCheck>, string]>([
  ["a rebalance that runs", { openJobId: 7 }, "A rebalance is already running as job 7."],
  ["tables of somebody else", { notOwned: ["public.orders"] }, "Login shardboard_ops does not own public.orders."],
  ["any node that is silent, also one that takes no part", { silent: [other.id] }, ":55167 does not answer."],
  [
    "a target that could not tell what it has",
    { unread: [{ nodeId: goal.id, because: "canceling statement due to lock timeout" }] },
    ":55166 could not tell what it has by the names of the shards.",
  ],
  [
    "wal_level",
    { rooms: new Map([[source.id, room({ walLevel: "replica" })]]) },
    "wal_level on :55165 is replica; mode auto needs logical.",
  ],
  [
    "a relation at the target that has the shard's name and is not Citus' to drop",
    { rooms: new Map([[goal.id, room({ relations: [{ name: "public.orders_102016", bytes: 0 }] })]]) },
    ":55166 has public.orders_102016 already, which is no placement.",
  ],
  [
    "a record of a node that is gone",
    { records: [{ recordId: 9, name: "public.orders_102016", nodeId: null }] },
    "public.orders_102016 is on record to be removed from a node that is gone.",
  ],
])("%s refuses", (_what, over, text) => {
  expect(refusal(over)?.text).toBe(text);
});

test("a copy of an earlier move, which Citus has on record, is no name clash: it is dropped first", () => {
  const relations = [{ name: 'public."Weird ""name_102016"', bytes: 8192 }];
  const over = {
    rooms: new Map([[goal.id, room({ relations })]]),
    records: [{ recordId: 9, name: 'public."Weird ""name_102016"', nodeId: goal.id }],
  };
  expect(refusal(over)).toBeUndefined();
  expect(texts(over)).toContain("info: 1 copy of an earlier move is dropped there first.");
});

test("a table without replica identity refuses auto, warns in force_logical, and is no matter to block_writes", () => {
  const tables = [aTable(1, "no_pk", { replicaIdentity: "none" })];
  expect(refusal({ tables })?.text).toBe("Table public.no_pk has no replica identity.");
  expect(texts({ tables, mode: "force_logical" })).toContain("warn: Table public.no_pk has no replica identity.");
  const blocking = texts({ tables, mode: "block_writes" });
  expect(blocking.join()).not.toContain("replica identity");
  expect(blocking).toContain("warn: Writes to the shard group wait during the move.");
});

test("a partitioned parent holds no rows: its own replica identity does not matter", () => {
  expect(refusal({ tables: [aTable(1, "parent", { replicaIdentity: "none", isPartitioned: true })] })).toBeUndefined();
});

test("only what Citus' own decoder reads needs citus in output_plugin_libraries, and the statement that mends it is shown", () => {
  expect(refusal({ needsDecoder: false })).toBeUndefined();
  const note = refusal({ needsDecoder: true });
  expect(note?.text).toContain(":55165, :55166 and :55167");
  expect(note?.detail).toContain("ALTER SYSTEM SET output_plugin_libraries = 'pgoutput', 'test_decoding', 'citus';");
  expect(refusal({ needsDecoder: true, mode: "block_writes" })).toBeUndefined();
  const allowed = new Map([[source.id, room({ outputPlugins: 'pgoutput, "citus"' })]]);
  expect(refusal({ needsDecoder: true, rooms: allowed })).toBeUndefined();
  const older = new Map([[source.id, room({ outputPlugins: null })]]);
  expect(refusal({ needsDecoder: true, rooms: older })).toBeUndefined();
});

test("a size that is not known is said to be not known, and never taken for nothing", () => {
  const notes = texts({ gains: new Map([[goal.id, null]]) });
  expect(notes).toContain("warn: The size of the shard group is not known, so neither is whether it fits.");
  expect(notes.join()).not.toContain("gets 0");
});

test("a group is as large as all its shards; with one missing or not measured its size is not known", () => {
  const relations = [
    { name: "public.customers_1", bytes: 8192 },
    { name: "public.orders_2", bytes: 16_384 },
  ];
  expect(groupBytes(room({ relations }), 2)).toBe(24_576);
  expect(groupBytes(room({ relations }), 3)).toBeNull();
  expect(groupBytes(room({ relations: [...relations, { name: "public.items_3", bytes: null }] }), 3)).toBeNull();
  expect(groupBytes(undefined, 1)).toBeNull();
});
