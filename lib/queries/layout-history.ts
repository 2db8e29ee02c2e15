import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import { decodeLayout } from "@/lib/domain/kept-layout";
import { marksSchema, movesSchema } from "@/lib/domain/layout-moves";
import { pastPicture } from "@/lib/domain/past-picture";
import { readBytes, readJson, visibleJson } from "@/lib/http-read";
import { apiRoutes } from "@/lib/routes";
import { liveKeys } from "./live";

const KEPT_MS = 90 * 86_400_000;
const AGAIN_MS = 30_000;
/** While none is kept yet: the first one is written within seconds. */
const FIRST_MS = 3_000;

const keyOf = (clusterId: ClusterId, what: string) => [...liveKeys.cluster(clusterId), "layout history", what] as const;

export const layoutQueries = {
  /** The cluster as it was. It is drawn until the next moment has been read. */
  at: (clusterId: ClusterId, at: number) =>
    queryOptions({
      queryKey: [...keyOf(clusterId, "at"), at] as const,
      queryFn: async ({ signal }) => {
        const bytes = await readBytes(await fetch(apiRoutes.pastLayout(clusterId, at), { signal, cache: "no-store" }));
        return pastPicture(decodeLayout(bytes, visibleJson));
      },
      placeholderData: keepPreviousData,
      // What was does not change; a hundred thousand shards are not kept for every moment somebody looked at.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10_000,
      structuralSharing: false,
      retry: false,
    }),
  /** When something moved, as far back as is kept. */
  marks: (clusterId: ClusterId) =>
    queryOptions({
      queryKey: keyOf(clusterId, "marks"),
      queryFn: async ({ signal }) => {
        const now = Date.now();
        const address = apiRoutes.layoutMarks(clusterId, now - KEPT_MS, now + AGAIN_MS);
        return readJson(await fetch(address, { signal, cache: "no-store" }), marksSchema);
      },
      refetchInterval: ({ state }) => (state.data?.since === null ? FIRST_MS : AGAIN_MS),
      retry: false,
    }),
  /** What moved since a moment. */
  movesSince: (clusterId: ClusterId, from: number) =>
    queryOptions({
      queryKey: [...keyOf(clusterId, "moves"), from] as const,
      queryFn: async ({ signal }) => {
        const address = apiRoutes.layoutMoves(clusterId, from, Date.now() + AGAIN_MS);
        return readJson(await fetch(address, { signal, cache: "no-store" }), movesSchema);
      },
      refetchInterval: AGAIN_MS,
      retry: false,
    }),
};
