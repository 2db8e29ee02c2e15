import "server-only";
import { folded, type History, type Point, startOfStep, tierFor } from "@/lib/domain/history";
import type { Database } from "@/server/store/database";
import { listPoints, marksOf, sinceOf } from "@/server/store/metrics";
import type { HistoryQuery } from "./messages";

/** A series between two moments. What a tier does not hold yet comes from the finer ones below it. */
export async function readHistory(database: Database, query: HistoryQuery, now: number): Promise<History> {
  const { clusterId, series, from, to } = query;
  const { tier, stepMs } = tierFor(from, to, now);
  const marks = await marksOf(database);
  const points: (Point & { key: string })[] = [];
  const first = startOfStep(from, stepMs);
  let start = first;
  for (let finer = tier; finer >= 0; finer--) {
    const end = finer === 0 ? to : Math.min(to, marks.get(finer) ?? 0);
    points.push(...(await listPoints(database, { clusterId, series, stepMs }, finer, start, end)));
    start = Math.max(start, end);
  }
  const times = Array.from({ length: Math.ceil((to - first) / stepMs) }, (_, index) => first + index * stepMs);
  const byKey = Map.groupBy(points, ({ key }) => key);
  return {
    since: await sinceOf(database, clusterId, series),
    stepMs,
    times,
    lines: [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => lineOf(key, own, times, stepMs)),
  };
}

function lineOf(key: string, points: readonly Point[], times: readonly number[], stepMs: number) {
  const steps = folded(points, stepMs);
  const at = times.map((time) => steps.get(time));
  return {
    key,
    mean: at.map((point) => (point ? point.total / point.samples : null)),
    low: at.map((point) => point?.low ?? null),
    high: at.map((point) => point?.high ?? null),
  };
}
