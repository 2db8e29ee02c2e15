import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { auditCheckSchema, auditPageSchema } from "@/lib/domain/audit";
import type { ClusterId } from "@/lib/domain/cluster";
import { readJson } from "@/lib/http-read";
import { apiRoutes } from "@/lib/routes";
import { liveKeys } from "./live";

const LIST_EVERY_MS = 10_000;
const CHECK_EVERY_MS = 60_000;

export const auditQueries = {
  /** The newest records first, page after page. `asked`: the filter, as parameters of an address. */
  list: (clusterId: ClusterId, asked: string) =>
    infiniteQueryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "audit", asked] as const,
      queryFn: async ({ signal, pageParam }) => {
        const params = new URLSearchParams(asked);
        if (pageParam !== null) params.set("before", String(pageParam));
        const response = await fetch(apiRoutes.audit(clusterId, params.toString()), { signal, cache: "no-store" });
        return readJson(response, auditPageSchema);
      },
      initialPageParam: null as number | null,
      getNextPageParam: ({ next }) => next,
      refetchInterval: LIST_EVERY_MS,
      retry: false,
    }),
  check: (clusterId: ClusterId) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "audit-check"] as const,
      queryFn: async ({ signal }) =>
        readJson(await fetch(apiRoutes.auditCheck(clusterId), { signal, cache: "no-store" }), auditCheckSchema),
      refetchInterval: CHECK_EVERY_MS,
      retry: false,
    }),
};
