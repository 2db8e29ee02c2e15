import "server-only";
import type { ColumnData, ColumnTopic } from "@/lib/domain/layout-codec";
import type { Content, Snapshot } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { createBodies } from "./column-bodies";
import { seenAlike } from "./snapshot-for";

type Bodies = ReturnType<typeof createBodies<ColumnTopic>>;

/** One of each topic of a cluster and of each way in which it is seen. */
const known = new Map<string, Bodies>();

/** What is made of a topic that travels as columns, for all who see it as this snapshot is seen. */
export function bodiesOf(target: Target, topic: ColumnTopic, snapshot: Snapshot<unknown>): Bodies {
  const key = seenAlike(target, topic, snapshot);
  const bodies = known.get(key) ?? createBodies(topic);
  known.set(key, bodies);
  return bodies;
}

/** A snapshot as the columns' encoder takes it: a reader's data are what its topic's own `read` returned. */
export function contentIn({
  version,
  data,
  problem,
  hiddenBecause,
}: Snapshot<unknown>): Content<ColumnData[ColumnTopic]> {
  return { version, data: data as ColumnData[ColumnTopic] | null, problem, hiddenBecause };
}

/** A topic that travels as columns, for this request: its newest snapshot, or what differs from the version the browser names. */
export async function columnsResponse(
  target: Target,
  topic: ColumnTopic,
  snapshot: Snapshot<unknown>,
  request: Request,
  headers: Record<string, string>,
): Promise<Response> {
  const since = new URL(request.url).searchParams.get("since");
  const sent = await bodiesOf(target, topic, snapshot).answer(contentIn(snapshot), since);
  return new Response(sent.bytes, {
    headers: {
      ...headers,
      etag: `"${sent.version}"`,
      "content-type": "application/octet-stream",
    },
  });
}
