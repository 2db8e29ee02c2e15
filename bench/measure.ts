/** One comparison: what ours takes beside what the baseline takes, in the same run. */
export type Row = {
  id: string;
  what: string;
  beside: string;
  ours: number;
  baseline: number;
  unit: "ms";
  ratio: number;
};

const RUNS = 7;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Both in turn, ours first, after one warm-up each: a machine that slows down slows both. Medians of seven. */
export async function compare(
  words: Pick<Row, "id" | "what" | "beside">,
  ours: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
): Promise<Row> {
  await ours();
  await baseline();
  const times: [number, number][] = [];
  for (let run = 0; run < RUNS; run += 1) times.push([await millisecondsOf(ours), await millisecondsOf(baseline)]);
  const [mine, theirs] = [median(times.map(([a]) => a)), median(times.map(([, b]) => b))];
  return { ...words, ours: round(mine), baseline: round(theirs), unit: "ms", ratio: round(mine / theirs) };
}

const round = (value: number) => Number(value.toPrecision(3));
