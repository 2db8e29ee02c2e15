"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { CATCH_UP_SECONDS, primaryOfClone } from "@/lib/domain/clone";
import { cloneSplit } from "@/lib/domain/clone-split";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { formatDuration } from "@/lib/format/duration";
import { cloneChanges, clonePlanQuery } from "@/lib/queries/clones";
import { CloneLag } from "./clone-lag";
import { CloneSplitTable } from "./clone-split-table";

type Props = { clusterId: ClusterId; onClose: () => void; clone: ClusterNode; picture: ClusterPicture | null };

const PATIENCE = [60, CATCH_UP_SECONDS.usual, 900, CATCH_UP_SECONDS.most];

/** The second half of a scale-out by clone: what each of the two holds afterwards, how far behind the clone is, and the deed. */
export function PromoteCloneDialog({ clusterId, onClose, clone, picture }: Props) {
  const [catchUpSeconds, setCatchUp] = useState<number>(CATCH_UP_SECONDS.usual);
  // Taken when the dialog opens: after the promotion there is no such plan any more.
  const [before] = useState(picture);
  const primary = before ? primaryOfClone(clone, before.nodes) : undefined;
  const plan = useQuery({ ...clonePlanQuery(clusterId, clone.id), enabled: primary !== undefined });
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={cloneChanges.promote}
      input={{ clusterId, nodeId: clone.id, catchUpSeconds }}
      title={
        <>
          Promote <span className="font-mono">{addressOf(clone)}</span> and share the shards?
        </>
      }
      intro={
        <>
          It becomes a worker and takes over a part of the shard groups that it copied.{" "}
          <strong>No row is copied</strong>: both have them all and drop what is the other's. It never follows its
          worker again.
        </>
      }
      confirmLabel="Promote and rebalance"
      danger
      typedWhat="the clone's address"
      form={
        <DialogSection title="How long writes may wait for it to catch up">
          <Select
            label="Catch-up timeout"
            hideLabel
            value={String(catchUpSeconds)}
            onChange={(seconds) => setCatchUp(Number(seconds))}
            options={PATIENCE.map((seconds) => ({
              value: String(seconds),
              label: `at most ${formatDuration(seconds)}`,
            }))}
          />
        </DialogSection>
      }
    >
      <DialogSection title="What each holds afterwards" bleed>
        {plan.data && before && primary && (
          <CloneSplitTable split={cloneSplit(plan.data, before)} primary={primary} clone={clone} />
        )}
        {plan.isPending && primary && <Skeleton className="mx-[18px] h-14" />}
        {plan.error && <ProblemBanner className="mx-[18px]" problem={problemOf(plan.error)} />}
      </DialogSection>
      {primary && <CloneLag clusterId={clusterId} primary={primary} />}
    </ChangeDialog>
  );
}
