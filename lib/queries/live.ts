import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Content, contentSchema, type Snapshot, type TopicName } from "@/lib/domain/live";
import { readJson } from "@/lib/http-read";
import { pageNow, syncPageClock } from "@/lib/page-clock";
import { apiRoutes } from "@/lib/routes";

/** A snapshot with the moment it arrived here, from which ages are counted. */
export type Live<T> = Snapshot<T> & { receivedAt: number };

/**
 * A topic of which nothing was heard for so long asks for itself. News come by the event stream, and `useStillLooking` renews the ages of all
 * topics at once: this is the way on where neither comes through.
 */
export const ASK_ALONE_MS = 10_000;

export const liveKeys = {
  cluster: (clusterId: ClusterId) => ["cluster", clusterId] as const,
  topics: (clusterId: ClusterId) => ["cluster", clusterId, "live"] as const,
  topic: (clusterId: ClusterId, topic: TopicName) => ["cluster", clusterId, "live", topic] as const,
  /** What is put together from several topics, of these versions. */
  picture: (clusterId: ClusterId, versions: readonly (string | undefined)[]) =>
    ["cluster", clusterId, "picture", ...versions] as const,
};

/** The newest snapshot of a topic, kept fresh while a component uses it. */
export function liveQuery<T extends z.ZodType>(clusterId: ClusterId, topic: TopicName, schema: T) {
  const checked = contentSchema(schema);
  return queryOptions({
    queryKey: liveKeys.topic(clusterId, topic),
    queryFn: async ({ signal, client, queryKey }): Promise<Live<z.output<T>>> => {
      const known = client.getQueryData<Live<z.output<T>>>(queryKey);
      const headers: HeadersInit = known ? { "if-none-match": `"${known.version}"` } : {};
      const response = await fetch(apiRoutes.live(clusterId, topic), { signal, headers, cache: "no-store" });
      syncPageClock(response.headers.get("date"));
      const ages = {
        ageMs: headerMs(response, "x-age-ms"),
        failingForMs: headerMs(response, "x-failing-for-ms"),
        receivedAt: pageNow(),
      };
      if (response.status === 304 && known) return { ...known, ...ages };
      const content = (await readJson(response, checked)) as Content<z.output<T>>;
      return { ...content, ...ages, tookMs: headerMs(response, "x-took-ms") };
    },
    refetchInterval: ASK_ALONE_MS,
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
