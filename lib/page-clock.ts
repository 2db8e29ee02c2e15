/** The Date header has whole seconds; less than this is no disagreement. */
const DISAGREEMENT_MS = 2_000;

/** What lies between the page's own count of time and the epoch; null: the page does not count yet. */
let offsetMs: number | null = null;

/** From now on the page counts time by itself: a clock of this machine that is set, forwards or back, makes nothing older or younger. */
export function startPageClock(): void {
  offsetMs ??= Date.now() - performance.now();
}

/** Takes the console's own clock where this machine's disagrees: times that the server wrote are then as old as they are. */
export function syncPageClock(dateHeader: string | null): void {
  const there = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (offsetMs === null || Number.isNaN(there)) return;
  const ahead = pageNow() - there;
  if (Math.abs(ahead) > DISAGREEMENT_MS) offsetMs -= ahead;
}

/** Now, in epoch milliseconds of the console's clock. Goes forward only, but for the first answers of a page whose machine is off. */
export function pageNow(): number {
  return offsetMs === null ? Date.now() : offsetMs + performance.now();
}

/** For tests. */
export function stopPageClock(): void {
  offsetMs = null;
}
