import "server-only";
import { z } from "zod";
import { historySeriesSchema } from "@/lib/domain/history";
import { askHistory } from "@/server/metrics/metrics";
import { parse } from "@/server/parse";
import { clusterGet } from "./cluster-get";

const MOST_DAYS = 92;
const moment = z.coerce.number().int().min(0).max(8_640_000_000_000_000);
const rangeSchema = z
  .object({ from: moment, to: moment })
  .refine(({ from, to }) => from < to, "The range ends before it begins.")
  .refine(({ from, to }) => to - from <= MOST_DAYS * 86_400_000, `At most ${MOST_DAYS} days at once.`);

/** One series of a cluster's past, between two moments in epoch milliseconds. A time in which nobody measured is null. */
export function clusterHistory() {
  return clusterGet("cluster:read", async ({ clusterId }, request, params) => {
    const series = parse(historySeriesSchema, params.series);
    const asked = new URL(request.url).searchParams;
    const { from, to } = parse(rangeSchema, { from: asked.get("from") ?? "", to: asked.get("to") ?? "" });
    const history = await askHistory({ clusterId, series, from, to });
    return Response.json(history, { headers: { "cache-control": "no-store" } });
  });
}
