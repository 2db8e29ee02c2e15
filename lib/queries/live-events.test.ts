import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { encodeColumns } from "@/lib/domain/layout-codec";
import type { LiveEvent } from "@/lib/domain/live";
import { shardColumns, shardsOf } from "@/lib/domain/shard-columns";
import type { Topology } from "@/lib/domain/topology";
import { aPicture } from "@/lib/testing/layout";
import type { Live } from "./live";
import { hearOf } from "./live-events";
import { topologyQueries } from "./topology";

const { topology } = aPicture();
const MOVED: Topology = {
  ...topology,
  shards: shardColumns(shardsOf(topology.shards).map((one) => (one.id === 102_024 ? { ...one, groupIds: [3] } : one))),
};
const before = { version: "1", data: topology, problem: null };
const after = { version: "2", data: MOVED, problem: null };
const step = {
  since: "1",
  columns: Buffer.from(encodeColumns("topology", after, before)).toString("base64"),
  ageMs: 4,
  tookMs: 20,
};

let clusters = 0;
let asked: string[] = [];
let client: QueryClient;
let clusterId = clusterIdSchema.parse("shop");
let stop = () => {};

/** A page that shows a layout, on a cluster that no other test has looked at. */
beforeEach(async () => {
  clusters += 1;
  clusterId = clusterIdSchema.parse(`shop-${clusters}`);
  asked = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(encodeColumns("topology", asked.length === 1 ? before : after));
  });
  client = new QueryClient();
  stop = new QueryObserver(client, topologyQueries.layout(clusterId)).subscribe(() => {});
  await vi.waitFor(() => expect(shown()?.version).toBe("1"));
});
afterEach(() => {
  stop();
  client.clear();
  vi.unstubAllGlobals();
});

const shown = () => client.getQueryData<Live<Topology>>(topologyQueries.layout(clusterId).queryKey);
const hear = (event: Partial<LiveEvent>) => hearOf(client, clusterId, { topic: "topology", version: "2", ...event });

test("what comes along with news is shown without asking", async () => {
  await hear({ step });
  expect(shown()).toMatchObject({ version: "2", data: MOVED, ageMs: 4, tookMs: 20, failingForMs: null });
  expect(asked).toHaveLength(1);
});

test("news that rest on another version than the page has are asked for", async () => {
  await hear({ step: { ...step, since: "0" } });
  expect(asked[1]).toContain("since=1");
  expect(shown()).toMatchObject({ version: "2", data: MOVED });
});

test("news that bring nothing are asked for, and what is known already is not", async () => {
  await hear({ version: "1" });
  expect(asked).toHaveLength(1);
  await hear({});
  expect(asked).toHaveLength(2);
  expect(shown()?.version).toBe("2");
});

test("news of what no screen shows are not asked for", async () => {
  await hear({ topic: "sizes", version: "9", step: { ...step, since: "8" } });
  expect(asked).toHaveLength(1);
});
