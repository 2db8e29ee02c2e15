import "server-only";
import { z } from "zod";
import { type AuditFilter, type AuditPage, auditFilterSchema } from "@/lib/domain/audit";
import { redactAuditEntry } from "@/lib/domain/audit-words";
import { AppError } from "@/lib/errors";
import { auditAsCsv, auditAsLines } from "@/server/audit/exports";
import { type AuditQuery, everyAuditEntry, listAudit } from "@/server/audit/reads";
import { auditCheck, freshAuditCheck } from "@/server/audit/watch";
import { type Actor, mayActor } from "@/server/auth/actor";
import { mayReadRaw } from "@/server/auth/raw-reading";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { parse } from "@/server/parse";
import { state } from "@/server/store/state";
import { clusterGet } from "./cluster-get";

const PRIVATE = { "cache-control": "no-store" };
const pageSchema = auditFilterSchema.extend({ before: z.coerce.number().int().positive().optional() });
const exportSchema = auditFilterSchema.extend({ format: z.enum(["jsonl", "csv"]) });

/** One page of the audit of a cluster, newest first: all of it for who may read it, their own deeds for everybody else. */
export function clusterAudit() {
  return clusterGet("audit:readOwn", async (target, request, _params, actor) => {
    const { before, ...filter } = parse(pageSchema, asked(request));
    const all = mayActor(actor, "audit:read", target);
    const raw = mayReadRaw(actor, target);
    const { entries, next } = await listAudit(await state(), queryOf(target, actor, filter), {
      ...(before && { before }),
    });
    const page: AuditPage = {
      entries: raw.allowed ? entries : entries.map(redactAuditEntry),
      next,
      ownOnly: all.allowed ? null : all.because,
      hiddenBecause: raw.allowed ? null : raw.because,
      check: await freshAuditCheck(),
    };
    return Response.json(page, { headers: PRIVATE });
  });
}

/** Whether the chain fits, as far as the console has checked it. For the banner on every page, so for everybody. */
export function clusterAuditCheck() {
  return clusterGet("cluster:read", async () => Response.json(auditCheck(), { headers: PRIVATE }));
}

/** Everything that the filter wants, as a file. */
export function clusterAuditExport() {
  return clusterGet("audit:export", async (target, request, _params, actor) => {
    const { format, ...filter } = parse(exportSchema, asked(request));
    const entries = everyAuditEntry(await state(), queryOf(target, actor, filter));
    log.info("audit exported", { clusterId: target.clusterId, person: actor.id, format });
    const name = `audit-${target.clusterId}-${new Date().toISOString().slice(0, 10)}.${format}`;
    const headers = {
      ...PRIVATE,
      "content-type":
        format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
    };
    return new Response(streamOf(format === "csv" ? auditAsCsv(entries) : auditAsLines(entries)), { headers });
  });
}

function asked(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** @throws AppError `not_allowed` for what belongs to no cluster, to anybody but an admin of all of them */
function queryOf(target: Target, actor: Actor, filter: AuditFilter): AuditQuery {
  if (filter.scope === "console" && actor.roles.get("*") !== "admin")
    throw new AppError("not_allowed", "Sign-ins and people are in the audit for admins of all clusters.");
  const isAll = mayActor(actor, "audit:read", target).allowed;
  return { clusterId: target.clusterId, filter, actorId: isAll ? null : actor.id };
}

/** Read as fast as the browser takes it. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
