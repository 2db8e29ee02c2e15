import type { Rate } from "@/lib/domain/shard-activity";
import { formatCount } from "@/lib/format/count";

/** "12 reads/s, 3.4 rows written/s" */
export function rateWords(rate: Rate | null): string {
  if (rate === null) return "activity unknown";
  if (rate.readsPerSecond + rate.writesPerSecond === 0) return "no reads and writes";
  return `${perSecond(rate.readsPerSecond)} reads/s, ${perSecond(rate.writesPerSecond)} rows written/s`;
}

/** Something is never "0.0". */
export function perSecond(rate: number): string {
  if (rate === 0) return "0";
  if (rate < 0.05) return "<0.1";
  return rate < 9.95 ? rate.toFixed(1) : formatCount(rate);
}
