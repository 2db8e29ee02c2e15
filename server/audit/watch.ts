import "server-only";
import type { AuditCheck, AuditHead } from "@/lib/domain/audit";
import { log } from "@/server/log";
import type { Database } from "@/server/store/database";
import { state } from "@/server/store/state";
import { appendAudit } from "./append";
import { foundInRow } from "./found";
import { walkChain } from "./reads";
import { ACKNOWLEDGED, HEAD } from "./statements";
import { verifyChain } from "./verify";

/** Of a long chain only the newest records are checked by the console itself; `shardboard audit verify` checks all. */
const CHECKED_AT_START = 20_000;
const EVERY_MS = 60_000;
const FRESH_FOR_MS = 3_000;
const ANCHOR_EVERY_MS = 24 * 3_600_000;

type Watch = {
  check: AuditCheck;
  head: AuditHead | null;
  anchoredAt: number;
  timer: NodeJS.Timeout;
  looking: Promise<void> | null;
};
/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardAuditWatch?: Watch };
const UNCHECKED: AuditCheck = { from: null, to: null, checkedAt: null, misfit: null, problem: null };

/** How far the chain was checked, and what did not fit. From memory: every page asks it. */
export function auditCheck(): AuditCheck {
  return holder.__shardboardAuditWatch?.check ?? UNCHECKED;
}

/** The same for whoever looks at the audit itself: what was written a moment ago is checked, too. */
export async function freshAuditCheck(now = Date.now()): Promise<AuditCheck> {
  const watch = holder.__shardboardAuditWatch;
  if (watch && now - (watch.check.checkedAt ?? 0) >= FRESH_FOR_MS) await look(watch);
  return auditCheck();
}

/**
 * Begins to check the chain: its newest records now, what comes behind them every minute. The head goes to the log now and once a
 * day: whoever keeps the log elsewhere can prove later that the end was cut off.
 */
export async function watchAudit(): Promise<void> {
  if (holder.__shardboardAuditWatch) return;
  const timer = setInterval(() => void look(watch), EVERY_MS).unref();
  const watch: Watch = { check: UNCHECKED, head: null, anchoredAt: 0, timer, looking: null };
  holder.__shardboardAuditWatch = watch;
  await look(watch);
  await appendAudit({ kind: "console-started", details: { node: process.version } }).catch((cause: unknown) =>
    log.error("the start could not be put on record", { cause }),
  );
  await look(watch);
}

export function stopWatchingAudit(): void {
  clearInterval(holder.__shardboardAuditWatch?.timer);
  delete holder.__shardboardAuditWatch;
}

/** One after the other: whoever asks while it is being looked at gets that look's answer. */
function look(watch: Watch): Promise<void> {
  watch.looking ??= lookOnce(watch, Date.now()).finally(() => {
    watch.looking = null;
  });
  return watch.looking;
}

async function lookOnce(watch: Watch, now: number): Promise<void> {
  try {
    const before = watch.check.misfit;
    await checkOn(watch, await state(), now);
    const { misfit } = watch.check;
    if (misfit && misfit.why !== before?.why) log.error("the audit does not fit", { seq: misfit.seq, why: misfit.why });
    if (watch.head && now - watch.anchoredAt >= ANCHOR_EVERY_MS) {
      watch.anchoredAt = now;
      log.info("head of the audit", { seq: watch.head.seq, hash: watch.head.hash });
    }
  } catch (cause) {
    watch.check = { ...watch.check, problem: "The audit cannot be read." };
    log.error("the audit could not be checked", { cause });
  }
}

/**
 * From the last record that fitted, which is looked at again: what was put in its place or cut off behind it shows there. What does
 * not fit stays said until somebody has acknowledged it; from there on the chain is followed again.
 */
async function checkOn(watch: Watch, database: Database, now: number): Promise<void> {
  const acknowledged = (await seqOf(database, ACKNOWLEDGED)) ?? 0;
  const known = watch.check.misfit ?? undefined;
  const isSettled = known !== undefined && acknowledged > (known.seq ?? watch.head?.seq ?? 0);
  if (known && !isSettled) {
    watch.check = { ...watch.check, checkedAt: now };
    return;
  }
  const last = isSettled ? null : watch.head;
  const newest = (await seqOf(database, HEAD)) ?? 0;
  const from = last?.seq ?? Math.max(1, acknowledged, newest - CHECKED_AT_START + 1);
  const { head, misfit } = await verifyChain(walkChain(database, from), { from, heads: last ? [last] : [] });
  watch.head = head ?? last;
  const begin = last === null ? from : watch.check.from;
  watch.check = { from: begin, to: watch.head?.seq ?? null, checkedAt: now, misfit, problem: null };
}

async function seqOf(database: Database, statement: typeof HEAD): Promise<number | null> {
  const [row] = await database.all(statement);
  return row === undefined ? null : foundInRow(row).seq;
}
