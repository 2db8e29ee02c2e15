import { formatBytes, formatRate } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { Unknown } from "./unknown";

/** `unknown` says why when the value is null: "no standby is registered". */
type Props = { value: number | null | undefined; unknown: string };

function Quantity({ value, unknown, format }: Props & { format: (value: number) => string }) {
  if (value === null || value === undefined) return <Unknown because={unknown} />;
  return <span className="whitespace-nowrap">{format(value)}</span>;
}

/** `isEstimate`: drawn with ≈, because nobody has measured it yet. */
export function Bytes({ isEstimate = false, ...props }: Props & { isEstimate?: boolean }) {
  const format = (value: number) => (isEstimate ? `≈ ${formatBytes(value)}` : formatBytes(value));
  return <Quantity {...props} format={format} />;
}

/** Takes bytes per second. */
export function Rate(props: Props) {
  return <Quantity {...props} format={formatRate} />;
}

/** Takes seconds. */
export function Duration(props: Props) {
  return <Quantity {...props} format={formatDuration} />;
}

/** Takes a fraction: 0.63 reads 63 %. */
export function Percent(props: Props) {
  return <Quantity {...props} format={formatPercent} />;
}
