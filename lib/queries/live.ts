import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Snapshot, snapshotSchema, type TopicName } from "@/lib/domain/live";
import { readJson } from "@/lib/http-read";
import { pageNow, syncPageClock } from "@/lib/page-clock";
import { apiRoutes } from "@/lib/routes";

/** A snapshot with the moment it arrived here, from which ages are counted. */
export type Live<T> = Snapshot<T> & { receivedAt: number };

/**
 * How often a screen says that it still looks. News come by the event stream; this keeps the topic watched, renews ages,
 * and is the way on when the stream is cut. A topic whose version is known costs a header.
 */
export const STILL_LOOKING_MS = 5_000;

export const liveKeys = {
  cluster: (clusterId: ClusterId) => ["cluster", clusterId] as const,
  topic: (clusterId: ClusterId, topic: TopicName) => ["cluster", clusterId, "live", topic] as const,
  /** What is put together from several topics, of these versions. */
  picture: (clusterId: ClusterId, versions: readonly (string | undefined)[]) =>
    ["cluster", clusterId, "picture", ...versions] as const,
};

/** The newest snapshot of a topic, kept fresh while a component uses it. */
export function liveQuery<T extends z.ZodType>(clusterId: ClusterId, topic: TopicName, schema: T) {
  const checked = snapshotSchema(schema);
  return queryOptions({
    queryKey: liveKeys.topic(clusterId, topic),
    queryFn: async ({ signal, client, queryKey }): Promise<Live<z.output<T>>> => {
      const known = client.getQueryData<Live<z.output<T>>>(queryKey);
      const headers: HeadersInit = known ? { "if-none-match": `"${known.version}"` } : {};
      const response = await fetch(apiRoutes.live(clusterId, topic), { signal, headers, cache: "no-store" });
      syncPageClock(response.headers.get("date"));
      const receivedAt = pageNow();
      if (response.status === 304 && known) {
        return {
          ...known,
          ageMs: headerMs(response, "x-age-ms"),
          failingForMs: headerMs(response, "x-failing-for-ms"),
          receivedAt,
        };
      }
      return { ...((await readJson(response, checked)) as Snapshot<z.output<T>>), receivedAt };
    },
    refetchInterval: STILL_LOOKING_MS,
    staleTime: 0,
    retry: false,
    structuralSharing: false,
  });
}

function headerMs(response: Response, name: string): number | null {
  return millisecondsOf(response.headers.get(name));
}

/** A number in a header; null: it is not known. */
export function millisecondsOf(text: string | null): number | null {
  return text ? Number(text) : null;
}
