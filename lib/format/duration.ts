const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long something takes or took, in the two largest units that matter: 0.4 ms, 1.8 s, 48 s, 1 min 29 s, 2 h 5 min, 3 d 4 h.
 * A negative span (two clocks that disagree) reads as 0 s.
 */
export function formatDuration(seconds: number): string {
  if (seconds <= 0) return "0 s";
  if (seconds < 0.9995) return formatMilliseconds(seconds * 1000);
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return two(Math.floor(whole / MINUTE), "min", whole % MINUTE, "s");
  const minutes = Math.round(seconds / MINUTE);
  if (minutes * MINUTE < DAY) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / HOUR);
  return two(Math.floor(hours / 24), "d", hours % 24, "h");
}

function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 9.95 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
