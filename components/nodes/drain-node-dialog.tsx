"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { TransferModeSection } from "@/components/change/transfer-mode";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { drainEstimate } from "@/lib/domain/drain-estimate";
import type { Holdings } from "@/lib/domain/holdings";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { TransferMode } from "@/lib/domain/node-change";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { countOf } from "@/lib/format/count";
import { nodeChanges } from "@/lib/queries/node-changes";
import { DrainHomes } from "./drain-homes";

type Props = {
  clusterId: ClusterId;
  onClose: () => void;
  node: ClusterNode;
  picture: ClusterPicture | null;
  holdings: ReadonlyMap<number, Holdings> | null;
  facts: NodeFactsTopic | null;
};

export function DrainNodeDialog({ clusterId, onClose, node, picture, holdings, facts }: Props) {
  const [mode, setMode] = useState<TransferMode>("auto");
  // Taken when the dialog opens: while the drain runs the numbers below would otherwise wander under the reader.
  const [estimate] = useState(() => picture && holdings && drainEstimate(node, picture, holdings, facts));
  const groups = estimate ? countOf(estimate.groups, "shard group") : "Its shard groups";
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={nodeChanges.drain}
      input={{ clusterId, nodeId: node.id, mode }}
      title={
        <>
          Drain <span className="font-mono">{addressOf(node)}</span>?
        </>
      }
      intro={
        <>
          {estimate ? `Its ${groups} move` : `${groups} move`} to the other nodes, in the background.{" "}
          <strong>No data is deleted.</strong> The node stays in the cluster, closed for shards, until it is removed.
        </>
      }
      confirmLabel="Drain"
      danger
      typedWhat="the node's address"
      form={<TransferModeSection value={mode} onChange={setMode} />}
    >
      {estimate && <DrainHomes estimate={estimate} />}
    </ChangeDialog>
  );
}
