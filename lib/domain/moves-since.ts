import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import { dayAndTime } from "../format/time";
import { isJobOpen, type Job } from "./job";
import type { LayoutEvent, LayoutEventKind, Moves } from "./layout-moves";

export const SINCE_CHOICES = ["monday", "24h", "7d", "rebalance"] as const;
export type SinceChoice = (typeof SINCE_CHOICES)[number];

const DAY_MS = 86_400_000;

/** The moment that is meant, by the reader's calendar; null: there was no rebalance. */
export function sinceMoment(choice: SinceChoice, now: number, jobs: readonly Job[]): number | null {
  if (choice === "24h") return now - DAY_MS;
  if (choice === "7d") return now - 7 * DAY_MS;
  if (choice === "monday") return lastMonday(now);
  // One that runs still moves what is asked for; its beginning is meant, too.
  const rebalance = jobs.find((job) => job.startedAt !== null && (isJobOpen(job) || job.finishedAt !== null));
  return rebalance?.startedAt ?? null;
}

function lastMonday(now: number): number {
  const date = new Date(now);
  const daysAgo = (date.getDay() + 6) % 7;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysAgo).getTime();
}

/** What each kind of event is called: of one, and of several. */
const WORDS: Record<LayoutEventKind, [string, string]> = {
  moved: ["shard group moved", "shard groups moved"],
  copied: ["shard group was copied", "shard groups were copied"],
  dropped: ["copy was dropped", "copies were dropped"],
  made: ["shard group was made", "shard groups were made"],
  gone: ["shard group is gone", "shard groups are gone"],
  "table-made": ["table was distributed or made", "tables were distributed or made"],
  "table-gone": ["table is gone", "tables are gone"],
  "node-joined": ["node joined", "nodes joined"],
  "node-left": ["node left", "nodes left"],
};

/** "3 shard groups moved with 1.2 GB; 1 table was distributed or made." */
export function movesSentence(events: readonly LayoutEvent[]): string {
  const byKind = Map.groupBy(events, ({ kind }) => kind);
  const parts = (Object.keys(WORDS) as LayoutEventKind[]).flatMap((kind) => {
    const own = byKind.get(kind);
    if (!own) return [];
    const text = countOf(own.length, WORDS[kind][0], WORDS[kind][1]);
    return kind === "moved" || kind === "copied" ? `${text}${withBytes(own)}` : text;
  });
  return `${parts.join("; ")}.`;
}

function withBytes(events: readonly LayoutEvent[]): string {
  const known = events.flatMap(({ bytes }) => bytes ?? []);
  if (known.length === 0) return "";
  const sum = formatBytes(known.reduce((total, bytes) => total + bytes, 0));
  return ` with ${known.length < events.length ? "at least " : ""}${sum}`;
}

/** Why the list may lack something; null: it is whole. */
export function shortfallOf({ since, until, leftOut }: Moves, from: number, now: number): string | null {
  if (since === null || until === null) return null;
  const parts: string[] = [];
  if (since > from) parts.push(`The layout is known since ${dayAndTime(since)}; what moved before is not.`);
  if (now - until > STALE_MS) parts.push(`It was last read ${dayAndTime(until)}.`);
  if (leftOut > 0)
    parts.push(`${countOf(leftOut, "older event")} in this time ${leftOut === 1 ? "is" : "are"} not listed.`);
  return parts.length === 0 ? null : parts.join(" ");
}

/** While nobody looks the layout is read every five minutes. */
const STALE_MS = 10 * 60_000;

/** What the list says of one event. */
export const EVENT_WORDS: Record<LayoutEventKind, string> = {
  moved: "moved",
  copied: "copied",
  dropped: "copy dropped",
  made: "shards made",
  gone: "shards gone",
  "table-made": "table made",
  "table-gone": "table gone",
  "node-joined": "node joined",
  "node-left": "node left",
};
