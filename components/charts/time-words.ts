import { dateAndTime, timeOfDay } from "@/lib/format/time";

const DAY_MS = 86_400_000;
/** Over more than a day the time of day alone would be several moments. */
const isOverDays = (times: readonly number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0) > DAY_MS;
export const fullTime = (at: number, times: readonly number[]) => (isOverDays(times) ? dateAndTime(at) : timeOfDay(at));
/** 00:33, or over days 11-20 00:33. */
export function shortTime(at: number, times: readonly number[]): string {
  return isOverDays(times) ? dateAndTime(at).slice(5, 16) : timeOfDay(at, { seconds: false });
}
