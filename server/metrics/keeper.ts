import "server-only";
import { HISTORY_TIERS, merged, type Point, startOfStep } from "@/lib/domain/history";
import type { Database } from "@/server/store/database";
import { addPoints, forgetPoints, marksOf, oldestOf, rollUp, type SeriesName, seriesId } from "@/server/store/metrics";
import type { Batch } from "./messages";

/** Samples may arrive this late and are still in the step they belong to when it is put together. */
const LATE_MS = 15_000;
/** One round puts together or forgets at most so many steps of a tier, so that nobody waits long for an answer meanwhile. */
const STEPS_AT_ONCE = 120;
/** While the database takes nothing, this many points are kept for it. */
const MOST_PENDING = 20_000;

export type Keeper = {
  take: (batch: Batch) => void;
  /** Writes what was taken. What could not be written is kept for the next time. */
  flush: () => Promise<void>;
  /** Puts finished steps together and forgets what is too old; a little at a time. */
  tidy: (now: number) => Promise<void>;
  /** Points that were thrown away because the database took nothing for too long. */
  lost: () => number;
};

type Pending = SeriesName & { point: Point };

export function createKeeper(database: Database): Keeper {
  const finest = HISTORY_TIERS[0].stepMs;
  const ids = new Map<string, number>();
  let pending = new Map<string, Pending>();
  let lost = 0;

  function add(target: Map<string, Pending>, { point, ...name }: Pending): void {
    const place = [name.clusterId, name.series, name.key, point.at].join("\n");
    const before = target.get(place);
    if (!before && target.size >= MOST_PENDING) lost += point.samples;
    else target.set(place, { ...name, point: before ? merged(before.point, point) : point });
  }

  return {
    take({ clusterId, at, samples }) {
      for (const { series, key, value } of samples) {
        if (!Number.isFinite(value)) continue;
        const point = { at: startOfStep(at, finest), total: value, low: value, high: value, samples: 1 };
        add(pending, { clusterId, series, key, point });
      }
    },
    async flush() {
      if (pending.size === 0) return;
      const taken = pending;
      pending = new Map();
      try {
        const found = await database.transaction(async (inside) => {
          const made = new Map<string, number>();
          const points: (Point & { seriesId: number })[] = [];
          for (const { point, ...name } of taken.values()) {
            const full = [name.clusterId, name.series, name.key].join("\n");
            const id = ids.get(full) ?? made.get(full) ?? (await seriesId(inside, name, point.at));
            made.set(full, id);
            points.push({ ...point, seriesId: id });
          }
          await addPoints(inside, points);
          return made;
        });
        for (const [name, id] of found) ids.set(name, id);
      } catch (cause) {
        for (const one of taken.values()) add(pending, one);
        throw cause;
      }
    },
    async tidy(now) {
      for (const tier of HISTORY_TIERS.keys()) {
        if (tier > 0) await putTogether(database, tier, now);
        await forget(database, tier, now);
      }
    },
    lost: () => lost,
  };
}

async function putTogether(database: Database, tier: number, now: number): Promise<void> {
  const { stepMs } = HISTORY_TIERS[tier] ?? HISTORY_TIERS[0];
  const marks = await marksOf(database);
  const complete = tier === 1 ? now - LATE_MS : (marks.get(tier - 1) ?? 0);
  const oldest = await oldestOf(database, tier - 1, marks.get(tier) ?? 0);
  if (oldest === null) return;
  const from = startOfStep(oldest, stepMs);
  const to = Math.min(startOfStep(complete, stepMs), from + STEPS_AT_ONCE * stepMs);
  if (to > from) await database.transaction((inside) => rollUp(inside, tier, stepMs, from, to));
}

/** Nothing is forgotten before the next tier has it. */
async function forget(database: Database, tier: number, now: number): Promise<void> {
  const { stepMs, keptMs } = HISTORY_TIERS[tier] ?? HISTORY_TIERS[0];
  const isLast = tier === HISTORY_TIERS.length - 1;
  const handedOn = isLast ? Number.POSITIVE_INFINITY : ((await marksOf(database)).get(tier + 1) ?? 0);
  const oldest = await oldestOf(database, tier);
  if (oldest === null) return;
  const before = Math.min(now - keptMs, handedOn, oldest + STEPS_AT_ONCE * stepMs);
  if (before > oldest) await forgetPoints(database, tier, before);
}
