import { Unknown } from "@/components/ui/unknown";
import type { Amount } from "@/lib/domain/node-rows";

type Props = { amount: Amount; format: (value: number) => string };

/** A number, "at least" a number, or a dash with the reason. Never a zero that nobody measured. */
export function AmountText({ amount, format }: Props) {
  if (amount.value === null) return <Unknown because={amount.unknown} />;
  if (!amount.isAtLeast) return format(amount.value);
  return <span title={`Not all is known: ${amount.unknown}`}>at least {format(amount.value)}</span>;
}
