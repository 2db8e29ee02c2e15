import "server-only";
import { randomUUID } from "node:crypto";
import type { FromNode } from "@/lib/domain/from-node";
import type { NodeSizes } from "@/lib/domain/sizes";
import { AppError, type Problem } from "@/lib/errors";
import { toProblem } from "@/server/problem";
import type { SizesSlice, SliceAsked } from "@/server/sql/sizes";

/** As many shards as are measured within a fraction of a second nearly everywhere. */
const FIRST_SLICE = 250;
const [LEAST, MOST] = [100, 20_000];
/** What one statement should take: half of what is still no burden. */
const GOAL_MS = 250;
/** More shards than any node holds: whoever names more means harm. */
const MOST_SHARDS = 2_000_000;
/** All that a node has, in one statement. */
export const WHOLE = { after: 0, limit: MOST_SHARDS };

/** How one node is asked. */
export type Asks = {
  measure: (slice: SliceAsked) => Promise<FromNode<SizesSlice>>;
  estimate: (slice: SliceAsked) => Promise<FromNode<SizesSlice>>;
};

/**
 * Has one node measure its shards slice by slice, so that no statement is long, whatever the node holds. What is known is shown as it
 * comes: measured so far, and for the rest what was known before, or else an estimate. A node that stops answering has no sizes.
 */
export async function walkNode(
  asks: Asks,
  before: NodeSizes | null,
  show?: (answer: FromNode<NodeSizes>) => void,
): Promise<FromNode<NodeSizes>> {
  const measured: NodeSizes[] = [];
  let rest = before;
  let tookMs = 0;
  let [after, limit, count] = [0, FIRST_SLICE, 0];
  for (;;) {
    const answer = await asks.measure({ after, limit });
    tookMs += answer.tookMs;
    if (!answer.ok) return { ...answer, tookMs };
    const { sizes, last, isEnd } = answer.value;
    measured.push(sizes);
    count += sizes.shardIds.length;
    if (count > MOST_SHARDS) return { nodeId: answer.nodeId, ok: false, tookMs, problem: tooMany() };
    if (isEnd) return { ...answer, tookMs, value: joined(measured) };
    if (show) {
      rest ??= await estimates(asks);
      show({ ...answer, tookMs, value: joined([...measured, behind(rest, last)]) });
    }
    after = last;
    limit = nextLimit(limit, answer.tookMs);
  }
}

function tooMany(): Problem {
  return toProblem(new AppError("answer_too_large", `It names more than ${MOST_SHARDS} shards.`), randomUUID());
}

/** What is late or refused is only missed until the shards are measured. */
async function estimates(asks: Asks): Promise<NodeSizes> {
  const answer = await asks.estimate(WHOLE);
  return answer.ok ? answer.value.sizes : joined([]);
}

/** So many shards that they take what a statement should; never more than four times as many as before. */
export function nextLimit(limit: number, tookMs: number): number {
  const fitting = Math.round((limit * GOAL_MS) / Math.max(1, tookMs));
  return Math.max(LEAST, Math.min(MOST, limit * 4, fitting));
}

function behind({ shardIds, bytes, isExact }: NodeSizes, last: number): NodeSizes {
  const first = shardIds.findIndex((id) => id > last);
  const from = first < 0 ? shardIds.length : first;
  return { shardIds: shardIds.subarray(from), bytes: bytes.subarray(from), isExact: isExact.subarray(from) };
}

function joined(parts: readonly NodeSizes[]): NodeSizes {
  const count = parts.reduce((sum, { shardIds }) => sum + shardIds.length, 0);
  const whole = { shardIds: new Float64Array(count), bytes: new Float64Array(count), isExact: new Uint8Array(count) };
  let from = 0;
  for (const { shardIds, bytes, isExact } of parts) {
    whole.shardIds.set(shardIds, from);
    whole.bytes.set(bytes, from);
    whole.isExact.set(isExact, from);
    from += shardIds.length;
  }
  return whole;
}
