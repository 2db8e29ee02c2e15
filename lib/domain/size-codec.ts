import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { readAscending, readBytes, readRuns, writeAscending, writeBytes, writeRuns } from "./number-columns";
import { at } from "./shard-columns";
import type { NodeSizes } from "./sizes";

const NOTHING: NodeSizes = { shardIds: new Float64Array(), bytes: new Float64Array(), isExact: new Uint8Array() };

/** One node's sizes: the whole answer is what differs from none. */
export function writeNodeSizes(out: ByteWriter, now: NodeSizes, before: NodeSizes = NOTHING): void {
  const [removed, changed] = differences(before, now);
  writeAscending(out, removed);
  const ids = changed.map((row) => at(now.shardIds, row));
  writeAscending(out, ids);
  for (const row of changed) writeBytes(out, at(now.bytes, row));
  writeRuns(
    out,
    changed.map((row) => at(now.isExact, row)),
  );
}

export function readNodeSizes(bytes: ByteReader, before: NodeSizes = NOTHING): NodeSizes {
  const removed = readAscending(bytes);
  const shardIds = readAscending(bytes);
  const changed = {
    shardIds,
    bytes: Float64Array.from(shardIds, () => readBytes(bytes)),
    isExact: readRuns(bytes, new Uint8Array(shardIds.length)),
  };
  return before.shardIds.length === 0 ? changed : merged(before, new Set(removed), changed);
}

/** Ids that are no longer told, and the rows that are told otherwise than before. */
function differences(before: NodeSizes, now: NodeSizes): [removed: number[], changed: number[]] {
  const [removed, changed]: [number[], number[]] = [[], []];
  let old = 0;
  now.shardIds.forEach((id, row) => {
    for (; old < before.shardIds.length && at(before.shardIds, old) < id; old += 1)
      removed.push(at(before.shardIds, old));
    const isKnown = before.shardIds[old] === id;
    if (!isKnown || before.bytes[old] !== now.bytes[row] || before.isExact[old] !== now.isExact[row]) changed.push(row);
    if (isKnown) old += 1;
  });
  for (; old < before.shardIds.length; old += 1) removed.push(at(before.shardIds, old));
  return [removed, changed];
}

function merged(before: NodeSizes, removed: ReadonlySet<number>, changed: NodeSizes): NodeSizes {
  const picks: [from: NodeSizes, row: number][] = [];
  let row = 0;
  before.shardIds.forEach((id, old) => {
    for (; row < changed.shardIds.length && at(changed.shardIds, row) < id; row += 1) picks.push([changed, row]);
    if (changed.shardIds[row] === id) {
      picks.push([changed, row]);
      row += 1;
    } else if (!removed.has(id)) picks.push([before, old]);
  });
  for (; row < changed.shardIds.length; row += 1) picks.push([changed, row]);
  return {
    shardIds: Float64Array.from(picks, ([from, index]) => at(from.shardIds, index)),
    bytes: Float64Array.from(picks, ([from, index]) => at(from.bytes, index)),
    isExact: Uint8Array.from(picks, ([from, index]) => at(from.isExact, index)),
  };
}
