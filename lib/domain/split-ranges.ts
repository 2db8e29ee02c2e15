import { ALLOWED, refused, type Verdict } from "./cluster";
import type { ShardGroup } from "./shard-groups";

/** A part of a shard group's hash range, both ends included, and how much of the whole it is. */
export type SplitRange = { min: number; max: number; share: number };

/** More parts at once than anybody looks through; each is a shard of every table of the group. */
export const MOST_PARTS = 32;

/** Whether a group can be split at all, wherever. */
export function maySplit({ kind, min, max, groupIds }: Pick<ShardGroup, "kind" | "min" | "max" | "groupIds">): Verdict {
  if (kind !== "distributed" || min === null || max === null)
    return refused("It has no hash range, so there is nothing to split it by.");
  if (min === max) return refused("It holds one hash value alone, as an isolated tenant does: it cannot be split.");
  if (groupIds.length > 1) return refused("Citus does not split shards that have several placements.");
  return groupIds.length === 0 ? refused("No placement of it is registered, so there is nothing to split.") : ALLOWED;
}

/** The parts that a range falls into: a point is the last hash value of the part before it. */
export function splitRanges(min: number, max: number, points: readonly number[]): SplitRange[] {
  const ends = [...points, max];
  return ends.map((end, position) => {
    const start = position === 0 ? min : (ends[position - 1] ?? min) + 1;
    return { min: start, max: end, share: (end - start + 1) / (max - min + 1) };
  });
}

/** The points that cut a range into parts as equal as whole numbers allow. */
export function evenPoints(min: number, max: number, parts: number): number[] {
  const width = (max - min + 1) / parts;
  return Array.from({ length: parts - 1 }, (_, index) => min + Math.floor(width * (index + 1)) - 1);
}

/** Whether Citus takes these points: within the range, before its last value, rising. */
export function checkPoints(min: number, max: number, points: readonly number[]): Verdict {
  if (points.length === 0) return refused("Give at least one point to split at.");
  if (points.length >= MOST_PARTS) return refused(`Give at most ${MOST_PARTS - 1} points at once.`);
  const outside = points.find((point) => point < min || point >= max);
  if (outside !== undefined)
    return refused(`${outside} is outside: a point is the last value of its part, from ${min} to ${max - 1}.`);
  const isRising = points.every((point, position) => position === 0 || point > (points[position - 1] ?? point));
  return isRising ? ALLOWED : refused("The points have to rise, each only once.");
}

/** Points as a person types them: whole numbers with commas or spaces between. null: something is no whole number. */
export function parsePoints(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const points = words.map((word) => Number(word.replace("−", "-")));
  return points.every(Number.isSafeInteger) ? points : null;
}
