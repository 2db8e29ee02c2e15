import { formatBytes } from "../format/bytes";
import { formatDuration } from "../format/duration";
import { dateOf } from "../format/time";
import { type Forecast, type Growth, isSteady } from "./growth";

const DAY_MS = 86_400_000;

/** "+1.2 GB a day", "about the same"; null: no trend is known. */
export function growthText({ trend }: Growth): string | null {
  if (!trend) return null;
  if (isSteady(trend)) return "about the same";
  return `${trend.perDay > 0 ? "+" : ""}${formatBytes(trend.perDay)} a day`;
}

/** "full in about 41 days (2027-01-12)". */
export function forecastText(forecast: Forecast, now: number): string {
  if (forecast.kind !== "full") return forecast.because;
  if (forecast.days === 0) return "full";
  return `full in about ${inDays(forecast.days)} (${dateOf(now + forecast.days * DAY_MS)})`;
}

/** What the line rests on, and how far off it may be; null: there is no line. */
export function forecastRange(forecast: Forecast): string | null {
  if (forecast.kind !== "full" || forecast.days === 0) return null;
  const { soonestDays, latestDays, spanMs } = forecast;
  return `by a straight line through the last ${formatDuration(spanMs / 1000)}; ${between(soonestDays, latestDays)}`;
}

/** "The disk of :55167 is full in about 41 days (2027-01-12), by a straight line …; between 33 and 55 days." */
export function forecastSentence(name: string, forecast: Forecast, now: number): string {
  if (forecast.kind === "unknown") return `When the disk of ${name} is full is not known: ${forecast.because}.`;
  if (forecast.kind === "lasts") return `The disk of ${name} does not fill: ${forecast.because}.`;
  const range = forecastRange(forecast);
  return `The disk of ${name} is ${forecastText(forecast, now)}${range === null ? "" : `, ${range}`}.`;
}

function between(soonestDays: number, latestDays: number): string {
  const [soonest, latest] = [inDays(soonestDays), inDays(latestDays)];
  if (soonest === latest) return `the points lie close to it`;
  const isInDays = soonest.endsWith(" days") && latest.endsWith(" days");
  return `between ${isInDays ? soonest.replace(" days", "") : soonest} and ${latest}`;
}

/** Below two days by the hour. */
function inDays(days: number): string {
  return days < 2 ? formatDuration(days * 86_400) : `${Math.round(days)} days`;
}
