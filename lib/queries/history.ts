import { queryOptions } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import { HISTORY_SPANS, type HistorySeries, type HistorySpan, historySchema } from "@/lib/domain/history";
import { readJson } from "@/lib/http-read";
import { apiRoutes } from "@/lib/routes";
import { liveKeys } from "./live";

const AGAIN_MS = 30_000;
/** What trends and forecasts are drawn through. */
export const GROWTH_SPAN: HistorySpan = "7 d";

export const historyQueries = {
  /** A series from so long ago until now, renewed while it is looked at. */
  latest: (clusterId: ClusterId, series: HistorySeries, span: HistorySpan) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "history", series, span] as const,
      queryFn: async ({ signal }) => {
        const to = Date.now();
        const address = apiRoutes.history(clusterId, series, to - HISTORY_SPANS[span], to);
        return readJson(await fetch(address, { signal, cache: "no-store" }), historySchema);
      },
      refetchInterval: AGAIN_MS,
      retry: false,
    }),
};
