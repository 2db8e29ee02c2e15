import { formatDuration } from "../format/duration";
import type { Run } from "./change";

/**
 * What a run keeps others from changing until it ends: "node:12", "table:public.orders", "shards" (where they lie), "nodes" (which
 * there are). Shared claims of one object go together; an exclusive one goes with no other.
 */
export type Claim = { object: string; mode: "shared" | "exclusive" };

export function collide(one: Claim, other: Claim): boolean {
  return one.object === other.object && (one.mode === "exclusive" || other.mode === "exclusive");
}

/** The first of the held claims that is in the way of what is wanted. */
export function claimInTheWay<Held extends Claim>(wanted: readonly Claim[], held: readonly Held[]): Held | undefined {
  return held.find((one) => wanted.some((claim) => collide(claim, one)));
}

/** Who is in the way, with what, and since when: "ada has been draining :55167 since 12:04:10 UTC (2 min). …" */
export function rivalSentence(run: Pick<Run, "actor" | "doing" | "startedAt">, now: number): string {
  const since = new Date(run.startedAt).toISOString();
  const isToday = since.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  const when = isToday ? `${since.slice(11, 19)} UTC` : `${since.slice(0, 10)} ${since.slice(11, 19)} UTC`;
  const lasting = formatDuration(Math.max(0, Math.round((now - run.startedAt) / 1000)));
  return `${run.actor} has been ${run.doing} since ${when} (${lasting}). Wait until it is over, or agree with ${run.actor}.`;
}
