/** Steps a reader counts in without thinking, within each power of the base. */
const DECIMAL_STEPS = [1, 2, 5, 10] as const;
const BINARY_STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

/**
 * At most `count` round ticks from zero to just above `max`. For bytes the steps are powers of two, so the labels read
 * 16 MB, 32 MB and not 19.1 MB.
 */
export function ticksFor(max: number, options: { count?: number; binary?: boolean } = {}): number[] {
  const spaces = (options.count ?? 5) - 1;
  if (!(max > 0)) return [0, 1];
  const base = options.binary ? 1024 : 10;
  const steps = options.binary ? BINARY_STEPS : DECIMAL_STEPS;
  const power = base ** Math.floor(Math.log(max / spaces) / Math.log(base));
  const step = (steps.find((candidate) => candidate * power * spaces >= max) ?? base) * power;
  const ticks = Array.from({ length: spaces + 1 }, (_, position) => Number((position * step).toPrecision(12)));
  return ticks.filter((_, position) => position === 0 || (ticks[position - 1] ?? 0) < max);
}
