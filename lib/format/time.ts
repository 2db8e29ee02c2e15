import { formatDuration } from "./duration";

/** What a moment may come as: milliseconds, an ISO text from the wire, or a Date. */
export type Moment = number | string | Date;

export function toMilliseconds(moment: Moment): number {
  return new Date(moment).getTime();
}

/** 00:33:51 in the reader's time zone. Only for the browser: the server has another zone, so use <Time> in components. */
export function timeOfDay(moment: Moment, options: { seconds?: boolean } = {}): string {
  const date = new Date(moment);
  const parts = [date.getHours(), date.getMinutes()];
  if (options.seconds !== false) parts.push(date.getSeconds());
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** 2026-11-20 in the reader's time zone. */
export function dateOf(moment: Moment): string {
  const date = new Date(moment);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** 2026-11-20 00:33:51 in the reader's time zone: sorts as it reads and means the same everywhere. */
export function dateAndTime(moment: Moment): string {
  return `${dateOf(moment)} ${timeOfDay(moment)}`;
}

/** "2 s ago", "1 h 5 min ago". Under a second, or in the future because clocks differ: "now". */
export function ago(then: Moment, now: Moment): string {
  const seconds = (toMilliseconds(now) - toMilliseconds(then)) / 1000;
  return seconds < 1 ? "now" : `${formatDuration(Math.floor(seconds)).replace(".0 s", " s")} ago`;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** "Tuesday 2026-11-24 14:05" in the reader's time zone: a moment of the past as people speak of it. */
export function dayAndTime(moment: Moment): string {
  return `${DAYS[new Date(moment).getDay()]} ${dateOf(moment)} ${timeOfDay(moment, { seconds: false })}`;
}
