import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import { encodeColumns } from "@/lib/domain/layout-codec";
import type { Content } from "@/lib/domain/live";
import { mapColumns } from "@/lib/domain/map-columns";
import { rebalanceWould } from "@/lib/domain/rebalance-would";
import { shardColumns, shardsOf } from "@/lib/domain/shard-columns";
import { rowsAt } from "@/lib/domain/shard-rows";
import { readShardView } from "@/lib/domain/shard-view";
import type { Sizes } from "@/lib/domain/sizes";
import type { Topology } from "@/lib/domain/topology";
import { aPicture, aTable, someSizes } from "@/lib/testing/layout";
import { allOf, shardRows } from "@/lib/testing/rows";
import { aboutOf, done, type FromWorker, type ToWorker } from "./layout-calls";
import { engineInWorker, type WorkerLike } from "./layout-door";
import { createLayoutEngine, failureToTell, type LayoutEngine } from "./layout-engine";
import { createPacker } from "./layout-parcels";

const clusterId = clusterIdSchema.parse("shop");
const { nodes, topology } = aPicture();
const measured = someSizes(nodes, topology, (shard) => shard.id);
const MOVED: Topology = {
  ...topology,
  shards: shardColumns(shardsOf(topology.shards).map((one) => (one.id === 102_024 ? { ...one, groupIds: [3] } : one))),
};

/** A server that has two layouts, one after the other, and says what it was asked. */
function aServer() {
  const asked: { path: string; known: string | null }[] = [];
  const layouts = new Map([
    ["1", topology],
    ["2", MOVED],
  ]);
  const state = { version: "1", problem: false };
  const content = <T>(version: string, data: T): Content<T> => ({ version, data, problem: null });
  const get = async (path: string, { headers }: RequestInit): Promise<Response> => {
    const known = new Headers(headers).get("if-none-match");
    asked.push({ path, known });
    if (state.problem)
      return Response.json({ code: "not_signed_in", detail: "Sign in.", traceId: "t" }, { status: 401 });
    const ages = { "x-age-ms": "12", "x-took-ms": "3" };
    if (path.includes("/sizes")) return new Response(encodeColumns("sizes", content("s", measured as Sizes)));
    if (known === `"${state.version}"`) return new Response(null, { status: 304, headers: ages });
    const at = (version: string) => content(version, layouts.get(version) ?? topology);
    const since = new URL(path, "http://console").searchParams.get("since");
    return new Response(encodeColumns("topology", at(state.version), since ? at(since) : null), { headers: ages });
  };
  return { asked, state, get };
}

/** A worker as a browser runs it, in that nothing but copies goes in and out. */
function aWorkerOver(engine: LayoutEngine): WorkerLike {
  const pack = createPacker();
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    terminate() {},
    postMessage(message: ToWorker) {
      const { callId } = message;
      const answer = (data: FromWorker) =>
        worker.onmessage?.({ data: structuredClone(data) } as MessageEvent<FromWorker>);
      done(engine, structuredClone(message)).then(
        (told) => answer({ callId, parcel: pack(aboutOf(message), told) }),
        (cause: unknown) => answer({ callId, failure: failureToTell(cause) }),
      );
    },
  };
  return worker;
}

const never = async (): Promise<LayoutEngine> => {
  throw new Error("the worker was given up");
};

describe.each([
  ["in the page", (get: ReturnType<typeof aServer>["get"]) => createLayoutEngine(get)],
  [
    "in a worker",
    (get: ReturnType<typeof aServer>["get"]) => engineInWorker(aWorkerOver(createLayoutEngine(get)), never),
  ],
])("the engine %s", (_, start) => {
  test("reads the whole first, then what differs, and nothing where nothing is new", async () => {
    const server = aServer();
    const engine = start(server.get);
    const read = (version: string | null) => engine.read({ clusterId, topic: "topology", version });
    expect((await read(null)).content?.data).toEqual(topology);
    expect((await read("1")).content).toBeNull();
    server.state.version = "2";
    const news = await read("1");
    expect(news.content?.data).toEqual(MOVED);
    expect(news).toMatchObject({ ageMs: "12", tookMs: "3" });
    expect(server.asked.map(({ path, known }) => [path.split("?")[1], known])).toEqual([
      [undefined, null],
      ["since=1", '"1"'],
      ["since=1", '"1"'],
    ]);
  });

  test("what comes along with news is laid over what it rests on, and becomes what differences are asked from", async () => {
    const server = aServer();
    const engine = start(server.get);
    await engine.read({ clusterId, topic: "topology", version: null });
    const difference = encodeColumns(
      "topology",
      { version: "2", data: MOVED, problem: null },
      { version: "1", data: topology, problem: null },
    );
    const columns = Buffer.from(difference).toString("base64");
    const taken = await engine.take({ clusterId, topic: "topology", since: "1", columns });
    expect(taken.content).toEqual({ version: "2", data: MOVED, problem: null });
    expect((await engine.take({ clusterId, topic: "topology", since: "0", columns })).content).toBeNull();
    server.state.version = "2";
    expect((await engine.read({ clusterId, topic: "topology", version: "2" })).content).toBeNull();
    expect(server.asked.map(({ known }) => known)).toEqual([null, '"2"']);
  });

  test("somebody who has an older version than the engine gets the newer one, though the server says that nothing is new", async () => {
    const server = aServer();
    const engine = start(server.get);
    await engine.read({ clusterId, topic: "topology", version: null });
    expect((await engine.read({ clusterId, topic: "topology", version: null })).content?.version).toBe("1");
  });

  test("its picture and its rows are those that the page would make", async () => {
    const engine = start(aServer().get);
    await engine.read({ clusterId, topic: "topology", version: null });
    await engine.read({ clusterId, topic: "sizes", version: null });
    const made = await engine.picture({ clusterId, nodes, topology: "1", sizes: "s" });
    const own = clusterPicture(nodes, topology, measured);
    expect(made).toMatchObject({ placements: own.placements, groupColumns: own.groupColumns });
    const picture = clusterPicture(nodes, topology, measured, made ?? undefined);
    const view = { ...readShardView(new URLSearchParams()), filter: "orders", sort: "node" as const };
    const positions = await engine.order({ clusterId, pictureId: made?.pictureId ?? 0, view });
    const columns = mapColumns(picture);
    const ids = allOf(rowsAt(picture, columns, "groups", positions ?? new Uint32Array())).map((row) => row.id);
    expect(ids).toEqual(shardRows(own, view).map((row) => row.id));
    expect(ids).toHaveLength(8);
    expect(await engine.would({ clusterId, pictureId: made?.pictureId ?? 0 })).toEqual(rebalanceWould(own));
  });

  test("nothing is made of versions that are not here, and no rows of a picture that is gone", async () => {
    const engine = start(aServer().get);
    await engine.read({ clusterId, topic: "topology", version: null });
    expect(await engine.picture({ clusterId, nodes, topology: "0", sizes: null })).toBeNull();
    expect(await engine.picture({ clusterId, nodes, topology: "1", sizes: "s" })).toBeNull();
    const view = readShardView(new URLSearchParams());
    expect(await engine.order({ clusterId, pictureId: 7, view })).toBeNull();
    expect(await engine.would({ clusterId, pictureId: 7 })).toBeUndefined();
  });

  test("what the server says is wrong arrives as that", async () => {
    const server = aServer();
    server.state.problem = true;
    const asked = start(server.get).read({ clusterId, topic: "topology", version: null });
    await expect(asked).rejects.toMatchObject({ name: "ProblemError", problem: { code: "not_signed_in" } });
  });
});

test("a body comes packed, and a name from a database is made visible on its way in", async () => {
  const hostile = { ...topology, tables: [aTable(1, "orders\u202e")] };
  const bytes = encodeColumns("topology", { version: "1", data: hostile, problem: null });
  const engine = createLayoutEngine(async () => new Response(gzipSync(bytes)));
  const { content } = await engine.read({ clusterId, topic: "topology", version: null });
  expect(content?.data?.tables[0]?.name).toBe("orders\\u{202E}");
});

test("a worker that cannot be loaded is given up, and what was asked is answered by the page", async () => {
  const server = aServer();
  const worker: WorkerLike = { onmessage: null, onerror: null, terminate() {}, postMessage() {} };
  const engine = engineInWorker(worker, async () => createLayoutEngine(server.get));
  const asked = engine.read({ clusterId, topic: "topology", version: null });
  worker.onerror?.({} as ErrorEvent);
  expect((await asked).content?.data).toEqual(topology);
  expect((await engine.read({ clusterId, topic: "topology", version: null })).content?.data).toEqual(topology);
});
