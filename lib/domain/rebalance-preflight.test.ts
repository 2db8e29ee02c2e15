import { expect, test } from "vitest";
import { aJob } from "@/lib/testing/jobs";
import { RECORDED_PLAN, recordedCluster } from "@/lib/testing/recorded-plan";
import { rebalancePlanOf } from "./picture-plan";
import type { RebalanceOptions } from "./rebalance";
import type { NodeRoom, RebalanceCheck } from "./rebalance-check";
import { rebalanceNotes } from "./rebalance-preflight";

const picture = recordedCluster();
const [, first, , , added] = picture.primaries;
const GB = 1024 ** 3;
const ROOM: NodeRoom = { walLevel: "logical", slots: 10, slotsUsed: 2, diskFree: 40 * GB, diskTotal: 100 * GB };

const options = (over: Partial<RebalanceOptions> = {}): RebalanceOptions => ({
  strategy: "by_disk_size",
  drainOnly: false,
  mode: "force_logical",
  parallelReferenceTables: false,
  parallelColocatedShards: false,
  ...over,
});

const check = (over: Partial<RebalanceCheck> = {}): RebalanceCheck => ({
  options: options(),
  plan: rebalancePlanOf(RECORDED_PLAN, picture, { strategy: "by_disk_size", drainOnly: false, notices: [], tookMs: 1 }),
  names: picture.names,
  jobs: [],
  clock: 1_000_000,
  asked: 5,
  silent: [],
  rooms: new Map(picture.primaries.map((node) => [node.id, ROOM])),
  modes: ["auto", "force_logical", "block_writes"],
  hasParallelFlags: true,
  executors: 1,
  executorsPerNode: 1,
  login: "shardboard_ops",
  notOwned: [],
  diskPercent: 10,
  ...over,
});

const refusal = (over: Partial<RebalanceCheck>) =>
  rebalanceNotes(check(over)).find((note) => note.tone === "bad")?.text;
const texts = (over: Partial<RebalanceCheck> = {}) =>
  rebalanceNotes(check(over)).map((note) => `${note.tone}: ${note.text}`);

test("a cluster in order refuses nothing, and says that moves run one after another", () => {
  expect(refusal({})).toBeUndefined();
  expect(texts()).toContain("info: Moves run one after another.");
  expect(texts()).toContain("ok: All 5 nodes answer.");
});

test("mode auto is refused naming each table without replica identity; force_logical warns; block_writes needs none", () => {
  expect(refusal({ options: options({ mode: "auto" }) })).toBe(
    "Tables public.no_pk and public.t_alt have no replica identity.",
  );
  expect(texts()).toContain("warn: Tables public.no_pk and public.t_alt have no replica identity.");
  expect(texts({ options: options({ mode: "block_writes" }) }).join()).not.toContain("replica identity");
});

test("an open job refuses with its number and age; a job that is over does not", () => {
  expect(refusal({ jobs: [aJob({ jobId: 8, startedAt: 911_000 })] })).toBe(
    "A rebalance is already running as job 8, for 1 min 29 s.",
  );
  expect(refusal({ jobs: [aJob({ state: "failing", startedAt: null })] })).toContain("job 9.");
  expect(refusal({ jobs: [aJob({ state: "cancelled" })] })).toBeUndefined();
});

test("a silent node refuses when the plan needs it, and warns when it does not", () => {
  const silent = added ? [added.id] : [];
  expect(refusal({ silent })).toBe(":55179 does not answer.");
  const other = picture.primaries[0];
  const notes = texts({ silent: other ? [other.id] : [] });
  expect(notes).toContain("warn: :55164 does not answer.");
});

test("wal_level and replication slots of the sources are looked at, but not for block_writes", () => {
  const rooms = new Map(
    picture.primaries.map((node) => [node.id, node === first ? { ...ROOM, walLevel: "replica" } : ROOM]),
  );
  expect(refusal({ rooms })).toBe("wal_level on :55165 is replica; mode force_logical needs logical.");
  expect(refusal({ rooms, options: options({ mode: "block_writes" }) })).toBeUndefined();
  const full = new Map(picture.primaries.map((node) => [node.id, node === first ? { ...ROOM, slotsUsed: 10 } : ROOM]));
  expect(refusal({ rooms: full })).toBe(":55165 has no free replication slot: 10 of 10 are in use.");
});

test("a target that would keep too little disk is a warning with both numbers", () => {
  const rooms = new Map(picture.primaries.map((node) => [node.id, { ...ROOM, diskFree: 10 * GB }]));
  expect(texts({ rooms }).join()).toMatch(
    /warn: :55179 has 10\.0 GB free and gets [\d.]+ MB: less than 10 % of its disk would stay free\./,
  );
});

test("what the version cannot do is refused, not sent", () => {
  expect(refusal({ options: options({ mode: "by_magic" }) })).toContain('no transfer mode "by_magic"');
  const parallel = options({ parallelColocatedShards: true });
  expect(refusal({ options: parallel, hasParallelFlags: false })).toContain("13.2");
  expect(refusal({ options: parallel })).toBeUndefined();
});

test("a login that owns not all tables is refused naming them", () => {
  expect(refusal({ notOwned: ["a", "b", "c", "d", "e"].map((name) => `public.${name}`) })).toBe(
    "Login shardboard_ops does not own public.a, public.b, public.c and 2 more.",
  );
});

test("closed nodes are emptied too, and that is said", () => {
  const { plan } = check();
  const nodes = plan.nodes.map((node) => (node.nodeId === first?.id ? { ...node, counts: false } : node));
  expect(texts({ plan: { ...plan, nodes } }).join()).toContain(
    "info: :55165 may not hold shards and will be emptied too: 6 shard groups.",
  );
});

test("an empty plan gives Citus' reason and refuses nothing", () => {
  const plan = { ...check().plan, moves: [], notices: ["Ignoring move of shard 7"] };
  const notes = rebalanceNotes(check({ plan }));
  expect(notes.find((note) => note.text.startsWith("Already balanced"))?.detail).toBe("Ignoring move of shard 7");
  expect(notes.some((note) => note.tone === "bad")).toBe(false);
});

test("the worst stands first", () => {
  const tones = rebalanceNotes(check({ jobs: [aJob()] })).map((note) => note.tone);
  const order = ["bad", "warn", "info", "ok"];
  expect([...tones].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(tones);
});
