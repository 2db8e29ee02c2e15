import "server-only";
import { z } from "zod";
import type { Flight } from "@/lib/domain/flight";
import { redactFlight } from "@/lib/domain/redact";
import { AppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { mayReadRaw } from "@/server/auth/raw-reading";
import type { Target } from "@/server/clusters";
import { flightAsCsv } from "@/server/flights/exports";
import { parse } from "@/server/parse";
import { listFlights, newestFlight, readFlight } from "@/server/store/flights";
import { state } from "@/server/store/state";
import { clusterGet } from "./cluster-get";

const PRIVATE = { "cache-control": "no-store" };
const MOST = 200;
const jobIdSchema = z.coerce.number().int().positive();
const formatSchema = z.object({ format: z.enum(["json", "csv"]) });

/** Which runs are on record. */
export function clusterFlights() {
  return clusterGet("cluster:read", async ({ clusterId }) =>
    Response.json({ flights: await listFlights(await state(), clusterId, MOST) }, { headers: PRIVATE }),
  );
}

/** The record of one run, whole. */
export function clusterFlight() {
  return clusterGet("cluster:read", async (target, _request, params, actor) =>
    Response.json(await flightFor(target, params, actor), { headers: PRIVATE }),
  );
}

/** The same as a file: everything as JSON, or a line per sample for spreadsheets. */
export function clusterFlightExport() {
  return clusterGet("cluster:read", async (target, request, params, actor) => {
    const asked = Object.fromEntries(new URL(request.url).searchParams);
    const { format } = parse(formatSchema, asked);
    const flight = await flightFor(target, params, actor);
    const name = `run-${target.clusterId}-${flight.job.jobId}.${format}`;
    const type = format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8";
    const headers = { ...PRIVATE, "content-type": type, "content-disposition": `attachment; filename="${name}"` };
    return new Response(format === "csv" ? flightAsCsv(flight) : JSON.stringify(flight), { headers });
  });
}

async function flightFor(target: Target, params: Record<string, string>, actor: Actor): Promise<Flight> {
  const jobId = parse(jobIdSchema, params.jobId);
  const database = await state();
  const id = await newestFlight(database, target.clusterId, jobId);
  const flight = id === undefined ? undefined : await readFlight(database, id);
  if (!flight) throw new AppError("not_found", `Job ${jobId} is not on record: no console looked while it ran.`);
  return mayReadRaw(actor, target).allowed ? flight : redactFlight(flight);
}
