import "server-only";
import type { ColumnData, ColumnTopic, Content } from "@/lib/domain/layout-codec";
import type { Snapshot } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { createBodies } from "./column-bodies";

type Bodies = ReturnType<typeof createBodies<ColumnTopic>>;

/** One of each topic of a cluster and of each way in which it is seen. */
const known = new Map<string, Bodies>();

/** A topic that travels as columns, for this request: its newest snapshot, or what differs from the version the browser names. */
export async function columnsResponse(
  target: Target,
  topic: ColumnTopic,
  snapshot: Snapshot<unknown>,
  request: Request,
  headers: Record<string, string>,
): Promise<Response> {
  const key = `${target.clusterId} ${topic} ${snapshot.hiddenBecause ?? ""}`;
  const bodies: Bodies = known.get(key) ?? createBodies(topic);
  known.set(key, bodies);
  const since = new URL(request.url).searchParams.get("since");
  // A reader's data are what its topic's own `read` returned.
  const sent = await bodies(snapshot as Content<ColumnData[ColumnTopic]>, since);
  return new Response(sent.bytes, {
    headers: {
      ...headers,
      etag: `"${sent.version}"`,
      "content-type": "application/octet-stream",
    },
  });
}
