import { Agent, get } from "node:http";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { ClusterId } from "../../lib/domain/cluster.ts";
import { decodeColumns, isColumnTopic } from "../../lib/domain/layout-codec.ts";
import { type LiveEvent, type LookedAt, liveEventSchema, lookSchema, type TopicName } from "../../lib/domain/live.ts";
import type { Sizes } from "../../lib/domain/sizes.ts";
import type { Topology } from "../../lib/domain/topology.ts";
import { apiRoutes } from "../../lib/routes.ts";

/**
 * How a browser asks the console: everything that knows the form of an answer is in this file. What a browser accepts is accepted, and
 * bytes are counted as they come over the wire.
 */
const ACCEPTED = "gzip, deflate, br, zstd";

export type Asker = { url: string; clusterId: ClusterId; cookie: string; agent?: Agent };
export type Answer = { status: number; version: string; wireBytes: number; body: Buffer; contentType: string };

export const manyConnections = () => new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** The newest of a topic; with the version that is known already, only what is new. */
export function askTopic(asker: Asker, topic: TopicName, known?: string): Promise<Answer> {
  return ask(asker, addressOf(asker.clusterId, topic, known), known);
}

/** How these topics are, for a screen that has them. */
export async function lookAt(asker: Asker, topics: readonly TopicName[]): Promise<readonly LookedAt[]> {
  const { body } = await ask(asker, apiRoutes.look(asker.clusterId, topics));
  return lookSchema.parse(JSON.parse(body.toString("utf8"))).topics;
}

function ask(asker: Asker, address: string, known?: string): Promise<Answer> {
  const { url, cookie, agent } = asker;
  const headers = {
    cookie,
    "accept-encoding": ACCEPTED,
    "sec-fetch-site": "same-origin",
    ...(known !== undefined && { "if-none-match": `"${known}"` }),
  };
  return new Promise((resolve, reject) => {
    const call = get(new URL(address, url), { headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const wire = Buffer.concat(chunks);
        const body = decoded(wire, response.headers["content-encoding"]);
        const status = response.statusCode ?? 0;
        if (status >= 400) return reject(new Error(`${address}: ${status} ${body.toString("utf8", 0, 300)}`));
        const version = (response.headers.etag ?? "").replace(/^W\//, "").replaceAll('"', "");
        resolve({
          status,
          version,
          wireBytes: wire.length,
          body,
          contentType: response.headers["content-type"] ?? "",
        });
      });
    });
    call.on("error", (cause: NodeJS.ErrnoException) => {
      // The server has just closed a connection that was kept: a browser sends the request again on another, without a word.
      const isStale = call.reusedSocket && cause.code === "ECONNRESET";
      if (isStale) ask(asker, address, known).then(resolve, reject);
      else reject(cause);
    });
  });
}

function addressOf(clusterId: ClusterId, topic: TopicName, known: string | undefined): string {
  const hasDelta = known !== undefined && isColumnTopic(topic);
  return hasDelta ? apiRoutes.liveSince(clusterId, topic, known) : apiRoutes.live(clusterId, topic);
}

function decoded(wire: Buffer, encoding: string | undefined): Buffer {
  // Columns are packed as a body, without a header that says so.
  if (encoding === "gzip" || (wire[0] === 0x1f && wire[1] === 0x8b)) return gunzipSync(wire);
  if (encoding === "br") return brotliDecompressSync(wire);
  if (encoding === "zstd") return zstdDecompressSync(wire);
  return wire;
}

/** Asks as a browser that has been told of news: the whole, where it is another than the one it was asked for last; null where it is the same. */
export function followTopic(asker: Asker, topic: TopicName): () => Promise<Answer | null> {
  let seen = "";
  return async () => {
    if (seen !== "" && (await askTopic(asker, topic, seen)).status === 304) return null;
    const answer = await askTopic(asker, topic);
    seen = answer.version;
    return answer;
  };
}

/** The data of a topic that is JSON. */
export function jsonIn({ body }: Answer): unknown {
  return JSON.parse(body.toString("utf8")).data;
}

/** A whole layout; null where there is none yet. */
export function layoutIn({ body }: Answer): Topology | null {
  return decodeColumns("topology", body).data;
}

export function sizesDataIn({ body }: Answer): Sizes | null {
  return decodeColumns("sizes", body).data;
}

/** How many shards a layout tells of; null where there is none yet. */
export function shardsIn(answer: Answer): number | null {
  return layoutIn(answer)?.shards.count ?? null;
}

type SizesSeen = { shards: number; exact: number; answered: number[] };

/** Of how many shards the size is known, of how many it was measured, and which nodes told theirs. */
export function sizesIn(answer: Answer): SizesSeen {
  const seen: SizesSeen = { shards: 0, exact: 0, answered: [] };
  for (const one of sizesDataIn(answer)?.answers ?? []) {
    if (!one.ok) continue;
    seen.answered.push(one.nodeId);
    seen.shards += one.value.shardIds.length;
    seen.exact += one.value.isExact.reduce((sum, flag) => sum + flag, 0);
  }
  return seen;
}

/** Listens until it is told to end: one event stream, as one browser has it. `ended` hears of a stream that ends by itself. */
export function listen({ url, clusterId, cookie, agent }: Asker, hear: (news: LiveEvent) => void, ended: () => void) {
  let rest = "";
  const call = get(
    new URL(apiRoutes.events(clusterId), url),
    { headers: { cookie, "sec-fetch-site": "same-origin" }, agent },
    (response) => {
      if (response.statusCode !== 200) return ended();
      response.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (line.startsWith("data: ")) hear(liveEventSchema.parse(JSON.parse(line.slice(6))));
      });
      response.on("end", ended);
      response.on("error", ended);
    },
  );
  call.on("error", ended);
  return () => call.destroy();
}
