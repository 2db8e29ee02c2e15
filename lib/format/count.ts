const THIN_SPACE = "\u2009";
const MINUS = "\u2212";

/** Whole numbers with thin spaces between thousands: 211 952. */
export function formatCount(value: number): string {
  return groupThousands(Math.round(value).toFixed(0));
}

/** Puts thin spaces into the whole part of a decimal string, and the typographic minus before it. */
export function groupThousands(decimal: string): string {
  const [whole = "", fraction] = decimal.replace(/^-/, "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
  const isZero = /^[0.]*$/.test(decimal.replace("-", ""));
  const sign = decimal.startsWith("-") && !isZero ? MINUS : "";
  return sign + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

/** "1 shard", "14 shards". The plural is given when it is not the noun with an s. */
export function countOf(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(value)} ${value === 1 ? noun : plural}`;
}
