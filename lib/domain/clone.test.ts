import { expect, test } from "vitest";
import { aPicture, aWorker } from "@/lib/testing/layout";
import { mayAddClone, mayPromoteClone, mayRemoveClone } from "./clone";
import { cloneStreamNotes } from "./clone-notes";
import { cloneSplit } from "./clone-split";
import type { Verdict } from "./cluster";
import { nodeIdSchema } from "./node";
import type { Standby } from "./replication";

const picture = aPicture();
const worker = aWorker(1);
const clone = aWorker(9, { isClone: true, role: "unavailable", isActive: false, cloneOf: worker.id });
const state = { nodes: [aWorker(0), worker], holdings: null, openJobId: null };
const because = (verdict: Verdict) => (verdict.allowed ? null : verdict.because);

test("a worker is scaled out by one clone, where this Citus has them and no job is under way", () => {
  expect(because(mayAddClone(worker, state, true))).toBeNull();
  expect(because(mayAddClone(worker, state, false))).toContain("they came with 13.2");
  expect(because(mayAddClone(worker, state, null))).toContain("not known yet");
  expect(because(mayAddClone(aWorker(0), state, true))).toContain("Only a worker");
  expect(because(mayAddClone(clone, state, true))).toContain("Only a worker");
  expect(because(mayAddClone({ ...worker, isActive: false }, state, true))).toContain("inactive");
  expect(because(mayAddClone(worker, { ...state, nodes: [worker, clone] }, true))).toContain("has the clone");
  expect(because(mayAddClone(worker, { ...state, openJobId: 7 }, true))).toContain("Job 7");
  expect(because(mayAddClone(worker, { ...state, holdings: new Map() }, true))).toContain("holds no shard group");
});

test("a clone is promoted while its worker is there and active; what is no clone is neither promoted nor removed as one", () => {
  const nodes = [worker, clone];
  expect(because(mayPromoteClone(clone, { nodes, openJobId: null }))).toBeNull();
  expect(because(mayPromoteClone(clone, { nodes: [clone], openJobId: null }))).toContain("not in the cluster any more");
  expect(because(mayPromoteClone(clone, { nodes, openJobId: 7 }))).toContain("Job 7");
  expect(because(mayPromoteClone(worker, { nodes, openJobId: null }))).toContain("no clone");
  expect(because(mayRemoveClone(worker))).toContain("no clone");
  expect(because(mayRemoveClone(clone))).toBeNull();
});

const standby = (over: Partial<Standby> = {}) =>
  ({ kind: "standby", name: "standby_1", syncState: "async", replayBytes: 0, ...over }) as Standby;
const tones = (receivers: Standby[] | null) => cloneStreamNotes(":55165", receivers).map((note) => note.tone);

test("Citus takes no clone that does not stream, and no synchronous one; how far behind it is is said, unknown as unknown", () => {
  expect(tones([standby()])).toEqual(["ok"]);
  expect(tones([])).toEqual(["bad"]);
  expect(tones([standby({ kind: "subscriber" })])).toEqual(["bad"]);
  expect(tones([standby({ syncState: "sync" })])).toEqual(["bad"]);
  expect(tones([standby({ syncState: "quorum" }), standby()])).toEqual(["warn", "ok"]);
  expect(tones(null)).toEqual(["warn"]);
  expect(cloneStreamNotes(":55165", [standby({ replayBytes: 2_097_152 })])[0]?.text).toBe(
    "The standby is 2.0 MB behind.",
  );
  expect(cloneStreamNotes(":55165", [standby({ replayBytes: null })])[0]?.text).toContain("is not known");
});

test("the split plan is told in shard groups, each once, and in measured bytes", () => {
  const primaryId = nodeIdSchema.parse(2);
  const shards = [102008, 102016, 102011, 102019].map((shardId) => ({ shardId, goesToClone: shardId % 8 === 0 }));
  const split = cloneSplit({ primaryId, shards }, picture);
  const bytes = (id: number) => picture.groupOfShard.get(id)?.bytesOn(1) ?? 0;
  expect(split.goes).toEqual({ groups: 1, bytes: bytes(102008) });
  expect(split.stays).toEqual({ groups: 1, bytes: bytes(102011) });
  expect(split.now).toEqual({ groups: 2, bytes: bytes(102008) + bytes(102011) });
  expect(cloneSplit({ primaryId, shards }, aPicture({ silent: [1] })).goes.bytes).toBeNull();
});
