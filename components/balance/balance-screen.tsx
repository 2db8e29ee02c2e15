"use client";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { useUrlParams } from "@/components/ui/use-url-params";
import { loadsOf } from "@/lib/domain/balance";
import { choiceNamed } from "@/lib/domain/balance-scope";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { isMovable } from "@/lib/domain/shard-groups";
import { useClusterPicture } from "@/lib/queries/topology";
import { routes } from "@/lib/routes";
import { BalanceSkeleton } from "./balance-skeleton";
import { BalanceVerdict } from "./balance-verdict";
import { LoadChart } from "./load-chart";
import { LoadsTable } from "./loads-table";
import { ScopePicker } from "./scope-picker";
import { SpreadTable } from "./spread-table";

/** How evenly the data lies: per node for the cluster, one table or one colocation group, as a number and a sentence. */
export function BalanceScreen({ clusterId }: { clusterId: ClusterId }) {
  return (
    <LiveState query={useClusterPicture(clusterId)} skeleton={<BalanceSkeleton />}>
      {(picture) =>
        picture.groups.some(isMovable) ? (
          <Balance clusterId={clusterId} picture={picture} />
        ) : (
          <Nothing clusterId={clusterId} />
        )
      }
    </LiveState>
  );
}

function Balance({ clusterId, picture }: { clusterId: ClusterId; picture: ClusterPicture }) {
  const [params, change] = useUrlParams();
  const choice = choiceNamed(picture, params.get("of"));
  const loads = loadsOf(picture, choice.scope);
  const onChoose = (name: string) => change({ of: name === "cluster" ? null : name });
  return (
    <>
      <ScreenHead
        title="Balance"
        context={choice.scope.kind === "cluster" ? "Everything that a rebalance may move" : choice.label}
      />
      <BalanceVerdict
        clusterId={clusterId}
        picture={picture}
        loads={loads}
        isWholeCluster={choice.scope.kind === "cluster"}
      >
        <ScopePicker picture={picture} chosen={choice} onChoose={onChoose} />
      </BalanceVerdict>
      <div className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
        <LoadChart picture={picture} loads={loads} measure="bytes" title="Bytes per node" />
        <LoadChart picture={picture} loads={loads} measure="shards" title="Shards per node" />
      </div>
      <LoadsTable picture={picture} loads={loads} />
      <SpreadTable picture={picture} chosen={choice.name} onChoose={onChoose} />
    </>
  );
}

function Nothing({ clusterId }: { clusterId: ClusterId }) {
  return (
    <>
      <ScreenHead title="Balance" />
      <EmptyState
        kind="nothing-yet"
        detail="Balance is about shards that can be moved between nodes."
        action={
          <LinkButton href={routes.tables(clusterId)} icon="arrow-right">
            Open Tables
          </LinkButton>
        }
      >
        No table is distributed yet.
      </EmptyState>
    </>
  );
}
