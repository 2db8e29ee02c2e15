import { BarByNode } from "@/components/charts/bar-by-node";
import { Panel } from "@/components/ui/panel";
import type { NodeLoad } from "@/lib/domain/balance";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { skewOf, skewSentence } from "@/lib/domain/skew";
import { amountsOf } from "@/lib/domain/spread";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";

type Props = { picture: ClusterPicture; loads: readonly NodeLoad[]; measure: "bytes" | "shards"; title: string };

/** One amount per node, with the mean as a dotted line. Where a node did not tell its sizes there is no bar, and no mean. */
export function LoadChart({ picture, loads, measure, title }: Props) {
  const skew = skewOf(loads, measure);
  const format = measure === "bytes" ? formatBytes : formatMean;
  const bars = amountsOf(picture, loads, measure);
  const mean = { value: skew.mean, label: `mean of ${skew.counted.length}: ${format(skew.mean)}` };
  return (
    <Panel label={title}>
      <BarByNode
        title={title}
        bars={bars}
        measure={measure === "bytes" ? "Bytes" : "Shards"}
        format={format}
        sentence={skewSentence(skew, picture.names)}
        showSentence
        {...(skew.mean > 0 && !skew.isPartial && { mean })}
      />
    </Panel>
  );
}

/** Counts are whole, their mean is not. */
function formatMean(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(1);
}
