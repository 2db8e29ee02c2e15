import "server-only";
import { historySeriesSchema } from "@/lib/domain/history";
import { askHistory } from "@/server/metrics/metrics";
import { parse } from "@/server/parse";
import { clusterGet } from "./cluster-get";
import { askedRange } from "./history-range";

/** One series of a cluster's past, between two moments in epoch milliseconds. A time in which nobody measured is null. */
export function clusterHistory() {
  return clusterGet("cluster:read", async ({ clusterId }, request, params) => {
    const series = parse(historySeriesSchema, params.series);
    const history = await askHistory("series", { clusterId, series, ...askedRange(request) });
    return Response.json(history, { headers: { "cache-control": "no-store" } });
  });
}
