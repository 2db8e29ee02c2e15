import { beforeEach, expect, test, vi } from "vitest";
import { decodeColumns } from "@/lib/domain/layout-codec";
import type { Snapshot } from "@/lib/domain/live";
import { shardColumns, shardsOf } from "@/lib/domain/shard-columns";
import type { Topology } from "@/lib/domain/topology";
import { aPicture } from "@/lib/testing/layout";
import type { Target } from "@/server/clusters";
import { newsOf } from "./news";

const { topology } = aPicture();
const moved: Topology = {
  ...topology,
  shards: shardColumns(shardsOf(topology.shards).map((one, index) => (index === 3 ? { ...one, groupIds: [3] } : one))),
};
const problem = { code: "cluster_silent" as const, detail: "no answer", traceId: "t" };
let snapshot: Snapshot<unknown>;
vi.mock("@/server/live/collector", () => ({ collectorFor: () => ({ reader: () => ({ snapshot: () => snapshot }) }) }));

let clusters = 0;
let tell: ReturnType<typeof newsOf>;
beforeEach(() => {
  clusters += 1;
  tell = newsOf({ clusterId: `shop-${clusters}` } as Target);
});

function read(version: string, data: unknown, more: Partial<Snapshot<unknown>> = {}) {
  snapshot = { version, data, problem: null, ageMs: 1, tookMs: 20, failingForMs: null, ...more };
}

test("news of the layout bring what differs from the reading before, made once for all who listen", () => {
  read("1", topology);
  expect(tell("topology", "1")).toEqual({ topic: "topology", version: "1" });
  read("2", moved);
  const event = tell("topology", "2");
  expect(event).toMatchObject({ version: "2", step: { since: "1", ageMs: 1, tookMs: 20 } });
  expect(tell("topology", "2")).toBe(event);
  const bytes = Buffer.from(event.step?.columns ?? "", "base64");
  const before = { version: "1", data: topology, problem: null };
  expect(decodeColumns("topology", bytes, before)).toEqual({ version: "2", data: moved, problem: null });
});

test("a reading in trouble, whose words not everybody may see, brings nothing", () => {
  read("1", topology);
  tell("topology", "1");
  read("2", topology, { problem });
  expect(tell("topology", "2")).toEqual({ topic: "topology", version: "2" });
});

test("a topic in which something is hidden from some brings nothing", () => {
  read("1", { answers: [] });
  tell("sizes", "1");
  read("2", { answers: [] });
  expect(tell("sizes", "2")).toEqual({ topic: "sizes", version: "2" });
});

test("news that are older than what was read since bring nothing: what is there is not what they tell of", () => {
  read("1", topology);
  tell("topology", "1");
  read("3", moved);
  expect(tell("topology", "2")).toEqual({ topic: "topology", version: "2" });
});
