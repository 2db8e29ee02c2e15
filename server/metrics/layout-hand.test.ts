import { expect, test } from "vitest";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import { aTable, aTopology, aWorker, hashShards, someSizes } from "@/lib/testing/layout";
import type { Reader } from "@/server/live/reader";
import { type Handed, layoutToHand } from "./layout-hand";

const NOW = 1_800_000_000_000;
const nodes = [1, 2].map((groupId) => aWorker(groupId));
const orders = aTable(1, "orders");
const topology = aTopology(
  [orders],
  hashShards(orders, 101, 2, (index) => 1 + index),
);

type Read = Partial<Record<TopicName, { version: string; data: unknown }>>;
const readers =
  (read: Read) =>
  (topic: TopicName): Reader => ({
    snapshot: (): Snapshot<unknown> => {
      const { version, data } = read[topic] ?? { version: "0", data: null };
      return { version, data, ageMs: 0, tookMs: 1, problem: null, failingForMs: null };
    },
    watch: async () => undefined,
    refresh: async () => undefined,
    stop: () => undefined,
  });
const READ: Read = {
  topology: { version: "t1", data: topology },
  nodes: { version: "n1", data: { nodes, coordinatorRegistered: true } },
};
const sizes = (silent = 0) => ({
  version: "s1",
  data: someSizes(nodes, topology, () => 8_192, nodes.slice(0, silent)),
});
const hand = (read: Read, last?: Handed, at = NOW) => layoutToHand("shop", readers(read), last, at);

test("a layout is handed over whole when it is new, and as the same while its versions stay", () => {
  const first = hand(READ);
  expect(first?.handed).toMatchObject({ at: NOW, measured: 0, layout: { tables: [orders] } });
  expect(hand(READ, first?.last, NOW + 3_000)?.handed).toEqual({ clusterId: "shop", at: NOW + 3_000 });
  for (const topic of ["topology", "nodes"] as const) {
    const changed = { ...READ, [topic]: { ...READ[topic], version: "later" } };
    expect(hand(changed, first?.last, NOW + 3_000)?.handed).toHaveProperty("layout");
  }
});

test("better sizes, and an hour, are reasons to hand it over again; sizes that merely change are none", () => {
  const none = hand(READ);
  const partly = hand({ ...READ, sizes: sizes(1) }, none?.last);
  expect(partly?.handed).toMatchObject({ measured: 1 });
  const whole = hand({ ...READ, sizes: sizes() }, partly?.last);
  expect(whole?.handed).toMatchObject({ measured: 2 });
  expect(hand({ ...READ, sizes: { ...sizes(), version: "s2" } }, whole?.last)?.handed).not.toHaveProperty("layout");
  expect(hand({ ...READ, sizes: sizes() }, whole?.last, NOW + 3_600_000)?.handed).toHaveProperty("layout");
});

test("how many placements a node has is told by the layout, so that a move is no change of nodes", () => {
  const counted = nodes.map((node) => ({ ...node, placementCount: 7 }));
  const handed = hand({
    ...READ,
    nodes: { version: "n2", data: { nodes: counted, coordinatorRegistered: true } },
  })?.handed;
  const plain = hand(READ)?.handed;
  expect(handed && "layout" in handed && handed.layout.nodes).toEqual(plain && "layout" in plain && plain.layout.nodes);
});

test("before the nodes have been read nothing is handed over: a layout without addresses would tell nobody anything", () => {
  expect(hand({ topology: { version: "t1", data: topology } })).toBeNull();
});
