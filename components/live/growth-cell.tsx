import { GrowthSpark } from "@/components/charts/growth-spark";
import { Unknown } from "@/components/ui/unknown";
import { growthText } from "@/lib/domain/growth-sentences";
import type { History } from "@/lib/domain/history";
import { growthIn, lineOf } from "@/lib/domain/history-growth";

type Props = {
  history: History;
  /** Whose line of the series. */
  of: string;
  /** As it is called on the screen. */
  name: string;
  span: string;
  /** Why there may be no such line. */
  missing: string;
};

/** How fast something grows, with its course beside; where no trend is known, why. */
export function GrowthCell({ history, of, name, span, missing }: Props) {
  const values = lineOf(history, of);
  if (!values) return <Unknown because={missing} />;
  const growth = growthIn(history, of);
  const text = growthText(growth);
  return (
    <span className="flex items-center justify-end gap-2">
      <GrowthSpark name={name} values={values} span={span} />
      <span className="min-w-24 whitespace-nowrap text-right">
        {text ?? <Unknown because={growth.because ?? "no trend is known"} />}
      </span>
    </span>
  );
}
