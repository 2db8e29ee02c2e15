import { formatBytes } from "@/lib/format/bytes";
import { Sparkline } from "./sparkline";

type Props = { name: string; values: readonly (number | null)[]; span: string };

/** A week of bytes beside a number. From nothing up, so that a small growth looks small. */
export function GrowthSpark({ name, values, span }: Props) {
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < 2) return null;
  return (
    <span className="block w-20">
      <Sparkline
        values={values}
        height={18}
        sentence={`${name}, last ${span}: from ${formatBytes(first)} to ${formatBytes(last)}`}
      />
    </span>
  );
}
