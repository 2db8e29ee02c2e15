import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { Unknown } from "@/components/ui/unknown";
import type { NodeLoad } from "@/lib/domain/balance";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type Skew, skewOf, skewSentence } from "@/lib/domain/skew";
import { lowerFirst } from "@/lib/format/lower-first";
import { formatDeviation } from "@/lib/format/percent";
import { routes } from "@/lib/routes";

type Props = {
  clusterId: ClusterId;
  picture: ClusterPicture;
  loads: readonly NodeLoad[];
  /** Only of the whole cluster can it be said what Citus compares. */
  isWholeCluster: boolean;
  children: ReactNode;
};

/** The skew as a number and as a sentence, first by bytes, then by what the rebalancer itself compares. */
export function BalanceVerdict({ clusterId, picture, loads, isWholeCluster, children }: Props) {
  const bytes = skewOf(loads, "bytes");
  const weight = skewOf(loads, "weight");
  return (
    <Panel label="Balance" className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3.5">
      <div className="flex flex-col">
        <span className="whitespace-nowrap font-semibold text-24" data-skew="bytes">
          <SkewNumber skew={bytes} />
        </span>
        <span className="text-11 text-text-3">skew by bytes</span>
      </div>
      <div className="flex min-w-64 max-w-2xl flex-1 flex-col gap-1">
        <p className="text-pretty text-15">{skewSentence(bytes, picture.names)}</p>
        {isWholeCluster && !weight.isPartial && (
          <p className="text-12 text-text-2">
            By what Citus compares, which adds 100 MB to each shard group:{" "}
            {lowerFirst(skewSentence({ ...weight, closed: [] }, picture.names))}
          </p>
        )}
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-3 max-lg:ml-0">
        {children}
        <LinkButton href={routes.rebalance(clusterId)} icon="arrow-right">
          Review plan
        </LinkButton>
      </div>
    </Panel>
  );
}

/** How far the busiest node is above the mean. */
export function SkewNumber({ skew }: { skew: Skew }) {
  if (skew.unknown.length > 0) return <Unknown because="a node did not report all its shard sizes" />;
  if (!skew.busiest) return <Unknown because="there is nothing to compare" />;
  return <>{formatDeviation(skew.busiest.above)}</>;
}
