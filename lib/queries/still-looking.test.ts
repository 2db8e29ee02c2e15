import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { nodesSchema } from "@/lib/domain/node";
import { liveAnswer } from "@/lib/testing/live-answer";
import { type Live, liveQuery } from "./live";
import { lookAgain } from "./still-looking";

const clusterId = clusterIdSchema.parse("shop");
const nodes = liveQuery(clusterId, "nodes", nodesSchema);
const jobs = liveQuery(clusterId, "jobs", z.object({ jobs: z.array(z.unknown()) }));
const data = { nodes: [], coordinatorRegistered: true };

let asked: string[] = [];
let client: QueryClient;
let stops: (() => void)[] = [];
/** What the console says when it is asked how the topics are. */
let look: (topics: string[]) => Response;
let version = "1";
const aLook = (told: { topic: string; version: string }[]) =>
  Response.json({ topics: told.map((one) => ({ ...one, ageMs: 900, failingForMs: null })) });

beforeEach(async () => {
  asked = [];
  version = "1";
  look = (topics) => aLook(topics.map((topic) => ({ topic, version: "1" })));
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url.replace(/^.*\/live/, ""));
    const topics = /\?topics=(.*)$/.exec(url)?.[1];
    if (topics !== undefined) return look(topics.split(","));
    const told = url.endsWith("/nodes") ? data : { jobs: [] };
    return liveAnswer({ version, data: told, problem: null, ageMs: 0, tookMs: 1, failingForMs: null });
  });
  client = new QueryClient();
  stops = [nodes, jobs].map((query) => new QueryObserver(client, query as typeof nodes).subscribe(() => {}));
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  asked = [];
});
afterEach(() => {
  for (const stop of stops) stop();
  client.clear();
  vi.unstubAllGlobals();
});

const shown = (query: { queryKey: readonly unknown[] }) => client.getQueryData<Live<unknown>>(query.queryKey);
const settled = () => vi.waitFor(() => expect(client.isFetching()).toBe(0));

test("one request says that somebody looks at all that is on screen, and renews the ages", async () => {
  const before = shown(nodes);
  await lookAgain(client, clusterId);
  expect(asked).toEqual(["?topics=nodes,jobs"]);
  expect(shown(nodes)).toMatchObject({ version: "1", ageMs: 900, failingForMs: null });
  expect(shown(nodes)?.data).toBe(before?.data);
});

test("what no screen shows any more is not looked at, and without anything nothing is asked", async () => {
  stops[1]?.();
  await lookAgain(client, clusterId);
  expect(asked).toEqual(["?topics=nodes"]);
  stops[0]?.();
  asked = [];
  await lookAgain(client, clusterId);
  expect(asked).toEqual([]);
});

test("a topic of which there is another version is asked for, the others are not", async () => {
  version = "2";
  look = () =>
    aLook([
      { topic: "nodes", version: "2" },
      { topic: "jobs", version: "1" },
    ]);
  await lookAgain(client, clusterId);
  await settled();
  expect(asked).toEqual(["?topics=nodes,jobs", "/nodes"]);
  expect(shown(nodes)?.version).toBe("2");
});

test("where that request fails each topic asks for itself, and says what is wrong", async () => {
  const refusal = { code: "not_signed_in", detail: "Your session is over.", traceId: "t" };
  vi.stubGlobal("fetch", async () => Response.json(refusal, { status: 401 }));
  await lookAgain(client, clusterId);
  await settled();
  expect(client.getQueryState(nodes.queryKey)?.error).toMatchObject({ problem: refusal });
  expect(shown(nodes)?.version).toBe("1");
});

test("a topic that had failed is asked for again when the console answers", async () => {
  const working = globalThis.fetch;
  vi.stubGlobal("fetch", async () => Response.error());
  await lookAgain(client, clusterId);
  await settled();
  expect(client.getQueryState(nodes.queryKey)?.status).toBe("error");
  vi.stubGlobal("fetch", working);
  await lookAgain(client, clusterId);
  await settled();
  expect(client.getQueryState(nodes.queryKey)).toMatchObject({ status: "success", error: null });
});
