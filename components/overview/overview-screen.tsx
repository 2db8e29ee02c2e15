"use client";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { FindingFacts } from "@/lib/domain/finding";
import { isCoordinator } from "@/lib/domain/node";
import { countOf } from "@/lib/format/count";
import { BalancePanel } from "./balance-panel";
import { FindingsPanel } from "./findings-panel";
import { JobStrip } from "./job-strip";
import { NodeCards } from "./node-cards";
import { OverviewVerdict } from "./overview-verdict";
import { RecentChanges } from "./recent-changes";
import { ReplayLag } from "./replay-lag";
import { useOverview } from "./use-overview";

/** Whether to act, and on what, in two seconds: the verdict, what runs, the nodes, then the reasons. */
export function OverviewScreen({ clusterId }: { clusterId: ClusterId }) {
  const { picture, facts } = useOverview(clusterId);
  return (
    <LiveState query={picture} skeleton={<SkeletonRows rows={12} label="Reading the cluster" />}>
      {(known) => <Overview clusterId={clusterId} picture={known} facts={facts} />}
    </LiveState>
  );
}

type Props = { clusterId: ClusterId; picture: ClusterPicture; facts: FindingFacts };

function Overview({ clusterId, picture, facts }: Props) {
  return (
    <>
      <ScreenHead title="Overview" context={contextOf(picture)} />
      <OverviewVerdict clusterId={clusterId} picture={picture} underWay={facts} />
      <JobStrip clusterId={clusterId} jobs={facts.jobs} />
      <NodeCards picture={picture} facts={facts} />
      <div className="grid flex-1 grid-cols-[minmax(0,1.08fr)_minmax(0,1.4fr)_minmax(0,.81fr)] items-stretch gap-3 max-xl:grid-cols-2 max-md:grid-cols-1">
        <BalancePanel clusterId={clusterId} picture={picture} />
        <FindingsPanel clusterId={clusterId} facts={facts} />
        <div className="flex min-w-0 flex-col gap-3 max-xl:col-span-full">
          <ReplayLag picture={picture} replication={facts.replication} />
          <RecentChanges clusterId={clusterId} />
        </div>
      </div>
    </>
  );
}

function contextOf(picture: ClusterPicture): string {
  const workers = picture.primaries.filter((node) => !isCoordinator(node)).length;
  const secondaries = picture.nodes.filter((node) => node.role === "secondary").length;
  const coordinator = picture.primaries.some(isCoordinator) ? "1 coordinator, " : "";
  const more = secondaries > 0 ? `, ${countOf(secondaries, "secondary", "secondaries")}` : "";
  return `${coordinator}${countOf(workers, "worker")}${more}`;
}
