import "server-only";

/** What may come at once, in seconds' worth: opening many screens, a test that walks all of them. */
const AT_ONCE_S = 10;
/** People whose budget is remembered; the one who was quiet longest is forgotten, with a full budget. */
const REMEMBERED = 10_000;

type Bucket = { left: number; at: number };
export type Budget = {
  /** Takes one request from somebody's budget; false: there is none left, and this one cost nothing. */
  spend: (person: string) => boolean;
};

/**
 * A token bucket per person. A screen says every five seconds that it looks and asks at most pieces of news, below five requests a
 * second, and people keep ten tabs. The clock only grows, so a change of the machine's time gives nobody more or less.
 */
export function createBudget(perSecond: number, now: () => number = () => performance.now()): Budget {
  const atOnce = perSecond * AT_ONCE_S;
  const buckets = new Map<string, Bucket>();
  return {
    spend(person) {
      const at = now();
      const known = buckets.get(person) ?? { left: atOnce, at };
      const left = Math.min(atOnce, known.left + ((at - known.at) / 1_000) * perSecond);
      const isAllowed = left >= 1;
      // Set anew, so that the map keeps the order of last use.
      buckets.delete(person);
      buckets.set(person, { left: isAllowed ? left - 1 : left, at });
      if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value ?? "");
      return isAllowed;
    },
  };
}
