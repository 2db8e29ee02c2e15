type Compare<T> = (a: T, b: T) => number;

/**
 * Sorts in place by the quicksort of Bentley and McIlroy ("Engineering a sort function", 1993), which PostgreSQL uses: what compares
 * equal ends where it ends there. Only where that decides is it needed.
 */
export function bentleySort<T>(items: T[], compare: Compare<T>): T[] {
  sortRange(items, 0, items.length, (a, b) => compare(items[a] as T, items[b] as T));
  return items;
}

function sortRange<T>(items: T[], start: number, count: number, by: Compare<number>): void {
  const end = start + count;
  if (count < 7) insertionSort(items, start, end, by);
  if (count < 7 || isSorted(start, end, by)) return;
  swap(items, start, middleOf(start, count, by));
  // Equal ones gather at both ends: [start, equalLow) and (equalHigh, end).
  let [equalLow, low, high, equalHigh] = [start + 1, start + 1, end - 1, end - 1];
  for (;;) {
    for (; low <= high; low++) {
      const order = by(low, start);
      if (order > 0) break;
      if (order === 0) swap(items, equalLow++, low);
    }
    for (; low <= high; high--) {
      const order = by(high, start);
      if (order < 0) break;
      if (order === 0) swap(items, high, equalHigh--);
    }
    if (low > high) break;
    swap(items, low++, high--);
  }
  const less = low - equalLow;
  const more = equalHigh - high;
  const left = Math.min(equalLow - start, less);
  swapRanges(items, start, low - left, left);
  const right = Math.min(more, end - equalHigh - 1);
  swapRanges(items, low, end - right, right);
  if (less > 1) sortRange(items, start, less, by);
  if (more > 1) sortRange(items, end - more, more, by);
}

function insertionSort<T>(items: T[], start: number, end: number, by: Compare<number>): void {
  for (let from = start + 1; from < end; from++)
    for (let at = from; at > start && by(at - 1, at) > 0; at--) swap(items, at, at - 1);
}

function isSorted(start: number, end: number, by: Compare<number>): boolean {
  for (let at = start + 1; at < end; at++) if (by(at - 1, at) > 0) return false;
  return true;
}

/** The middle one of a few: of one, of three, or of three times three. */
function middleOf(start: number, count: number, by: Compare<number>): number {
  const [first, middle, last] = [start, start + (count >> 1), start + count - 1];
  if (count === 7) return middle;
  if (count <= 40) return medianOf(first, middle, last, by);
  const step = count >> 3;
  return medianOf(
    medianOf(first, first + step, first + 2 * step, by),
    medianOf(middle - step, middle, middle + step, by),
    medianOf(last - 2 * step, last - step, last, by),
    by,
  );
}

function medianOf(a: number, b: number, c: number, by: Compare<number>): number {
  if (by(a, b) < 0) return by(b, c) < 0 ? b : by(a, c) < 0 ? c : a;
  return by(b, c) > 0 ? b : by(a, c) < 0 ? a : c;
}

function swapRanges<T>(items: T[], a: number, b: number, count: number): void {
  for (let offset = 0; offset < count; offset++) swap(items, a + offset, b + offset);
}

function swap<T>(items: T[], a: number, b: number): void {
  const kept = items[a] as T;
  items[a] = items[b] as T;
  items[b] = kept;
}
