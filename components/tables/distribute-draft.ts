import type { ColocateWith, DistributeChoice } from "@/lib/domain/distribute-choice";

/** The form as it stands: the shard count is text until it reads as a number. */
export type Draft = { column: string; colocateWith: ColocateWith; shardCount: string };

export function draftOf({ column, colocateWith, shardCount }: DistributeChoice): Draft {
  return { column, colocateWith, shardCount: shardCount === null ? "" : String(shardCount) };
}

/** null: the shard count is no whole number. Whether it is in range the preflight says. */
export function choiceOf({ column, colocateWith, shardCount }: Draft): DistributeChoice | null {
  if (colocateWith.kind === "table" || shardCount.trim() === "") return { column, colocateWith, shardCount: null };
  return /^-?\d{1,9}$/.test(shardCount.trim()) ? { column, colocateWith, shardCount: Number(shardCount) } : null;
}
