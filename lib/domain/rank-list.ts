/** Ascending whole numbers in one piece of memory, with room on both sides: an end is cheap to take from, and so is the middle. */
export type RankList = { items: Int32Array; start: number; end: number };

/** @param items ascending; the list owns them from now on */
export function rankList(items: Int32Array): RankList {
  return { items, start: 0, end: items.length };
}

/** The first position in [start, end) from which on `holds` is true; `end` where it nowhere is. It must turn from false to true at most once. */
export function firstWhere({ items, start, end }: RankList, holds: (rank: number) => boolean): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function insert(list: RankList, rank: number): void {
  if (list.start === 0 && list.end === list.items.length) widen(list);
  const at = firstWhere(list, (one) => one >= rank);
  const isNearStart = at - list.start < list.end - at;
  if (list.end === list.items.length || (isNearStart && list.start > 0)) {
    list.items.copyWithin(list.start - 1, list.start, at);
    list.start -= 1;
    list.items[at - 1] = rank;
  } else {
    list.items.copyWithin(at + 1, at, list.end);
    list.end += 1;
    list.items[at] = rank;
  }
}

/** Takes the rank out, moving the shorter side. */
export function remove(list: RankList, rank: number): void {
  const at = firstWhere(list, (one) => one >= rank);
  if (at === list.end || list.items[at] !== rank) return;
  if (at - list.start < list.end - at) {
    list.items.copyWithin(list.start + 1, list.start, at);
    list.start += 1;
  } else {
    list.items.copyWithin(at, at + 1, list.end);
    list.end -= 1;
  }
}

function widen(list: RankList): void {
  const length = list.end - list.start;
  const room = Math.max(4, length >> 1);
  const items = new Int32Array(length + 2 * room);
  items.set(list.items.subarray(list.start, list.end), room);
  Object.assign(list, { items, start: room, end: room + length });
}
