import { expect, test } from "vitest";
import { parseSnapshot } from "./cluster-snapshot";

const node = { id: 1, host: "a", port: 5432 };
const shard = { id: 102008, nodeId: 1 };
const wrong = (value: unknown) => {
  const parsed = parseSnapshot(value);
  return "wrong" in parsed ? parsed.wrong : null;
};

test("a cluster without shards, and one with a single node, are snapshots", () => {
  expect(wrong({ nodes: [], shards: [] })).toBeNull();
  expect(wrong({ nodes: [node], shards: [shard] })).toBeNull();
});

test("what may be absent may be null, and fields that are not known are passed over", () => {
  const full = { ...shard, colocationGroup: null, shardGroup: null, table: null, bytes: null, cost: null, note: "x" };
  expect(wrong({ nodes: [{ ...node, capacity: null, disallowedShards: null }], shards: [full] })).toBeNull();
});

test.each([
  [[], 'The snapshot must be an object with "nodes" and "shards".'],
  [{ nodes: [] }, "shards is missing: it must be a list."],
  [{ nodes: [{ ...node, id: "1" }], shards: [] }, "nodes[0].id must be a whole number."],
  [{ nodes: [{ id: 1, port: 5432 }], shards: [] }, "nodes[0].host is missing: it must be text."],
  [{ nodes: [{ ...node, port: 0 }], shards: [] }, "nodes[0].port must be a port."],
  [{ nodes: [{ ...node, capacity: -2 }], shards: [] }, "nodes[0].capacity must not be negative; it is -2."],
  [
    { nodes: [{ ...node, disallowedShards: [1.5] }], shards: [] },
    "nodes[0].disallowedShards[0] must be a whole number.",
  ],
  [{ nodes: [node, node], shards: [] }, "nodes[1].id must be its own; nodes[0] has 1 too."],
  [{ nodes: [node], shards: [shard, 7] }, "shards[1] must be an object."],
  [{ nodes: [node], shards: [{ id: 5 }] }, "shards[0].nodeId is missing: it must be a whole number."],
  [{ nodes: [node], shards: [{ ...shard, bytes: -1 }] }, "shards[0].bytes must not be negative; it is -1."],
  [{ nodes: [node], shards: [{ ...shard, cost: "x" }] }, "shards[0].cost must be a number."],
  [
    { nodes: [node], shards: [{ ...shard, colocationGroup: {} }] },
    "shards[0].colocationGroup must be a number or text.",
  ],
  [{ nodes: [node], shards: [{ ...shard, nodeId: 9 }] }, "shards[0].nodeId must be the id of a node; no node has 9."],
  [
    { nodes: [node], shards: [shard, shard] },
    "shards[1].id names a placement for the second time: shard 102008 on node 1.",
  ],
  [
    { nodes: [node, { ...node, id: 2 }], shards: [shard, { ...shard, nodeId: 2, shardGroup: 4 }] },
    "shards[1].shardGroup must be the same for all placements of shard 102008; shards[0] has another.",
  ],
])("what is wrong with %j is said in a sentence that names the field", (value, sentence) => {
  expect(wrong(value)).toBe(sentence);
});
