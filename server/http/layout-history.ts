import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { askHistory } from "@/server/metrics/metrics";
import { parse } from "@/server/parse";
import { clusterGet } from "./cluster-get";
import { askedRange, moment } from "./history-range";

const NOT_STORED = { "cache-control": "no-store" };
const momentSchema = z.object({ at: moment });

/**
 * The layout of a cluster as it was at a moment, as `encodeLayout` writes it: a hundred thousand shards are a few hundred kB. It
 * comes compressed from the thread that has it, so that serving it costs this one nothing.
 */
export function clusterPastLayout() {
  return clusterGet("cluster:read", async ({ clusterId }, request) => {
    const { at } = parse(momentSchema, { at: new URL(request.url).searchParams.get("at") ?? "" });
    const body = await askHistory("layout", { clusterId, at });
    if (!body) throw new AppError("not_found", "No layout of that moment is on record.");
    return new Response(body, {
      headers: { ...NOT_STORED, "content-type": "application/octet-stream" },
    });
  });
}

/** What happened to the layout between two moments, shard group by shard group. */
export function clusterLayoutMoves() {
  return clusterGet("cluster:read", async ({ clusterId }, request) => {
    return Response.json(await askHistory("moves", { clusterId, ...askedRange(request) }), { headers: NOT_STORED });
  });
}

/** When something happened to the layout, without what. */
export function clusterLayoutMarks() {
  return clusterGet("cluster:read", async ({ clusterId }, request) => {
    return Response.json(await askHistory("marks", { clusterId, ...askedRange(request) }), { headers: NOT_STORED });
  });
}
