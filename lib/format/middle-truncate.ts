/**
 * Shortens a name in its middle, because names of one family differ at the end: citus_shard…_7_10_9.
 * Counts code points, so no letter is cut in half.
 */
export function middleTruncate(text: string, longest: number): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  if (longest <= 1) return "…";
  const tail = Math.floor((longest - 1) / 2);
  return `${letters.slice(0, longest - 1 - tail).join("")}…${tail === 0 ? "" : letters.slice(-tail).join("")}`;
}
