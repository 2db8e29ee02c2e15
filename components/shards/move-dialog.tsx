"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { TransferModeSection } from "@/components/change/transfer-mode";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { mayCopyTo, mayMoveTo, moveTargets } from "@/lib/domain/move-targets";
import type { NodeId } from "@/lib/domain/node";
import type { TransferMode } from "@/lib/domain/node-change";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { countOf } from "@/lib/format/count";
import type { ChangeActions } from "@/lib/queries/changes";
import { nodeQueries } from "@/lib/queries/nodes";
import { shardChanges } from "@/lib/queries/shard-changes";
import { TargetList } from "./target-list";

type Props = {
  clusterId: ClusterId;
  picture: ClusterPicture;
  group: ShardGroup;
  deed: "move" | "copy";
  onClose: () => void;
};

/** Where a shard group shall go, or get one more copy: a distributed schema as the schema that it is, all else by its shard. */
export function MoveDialog({ clusterId, picture, group, deed, onClose }: Props) {
  const facts = useQuery(nodeQueries.facts(clusterId)).data?.data ?? null;
  const [targetNodeId, setTarget] = useState<NodeId | null>(null);
  const [mode, setMode] = useState<TransferMode>("auto");
  const isCopy = deed === "copy";
  const targets = moveTargets(group, picture, facts, isCopy ? mayCopyTo : mayMoveTo);
  const what = whatOf(picture, group);
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      {...askOf({ clusterId, picture, group, deed, targetNodeId, mode })}
      title={
        <>
          {isCopy ? "Copy" : "Move"} {what.kind} <span className="font-mono">{what.name}</span>?
        </>
      }
      intro={isCopy ? COPY_INTRO : moveIntro(group)}
      confirmLabel={isCopy ? "Copy" : "Move"}
      blockedBecause={targetNodeId === null ? "Choose the node that it shall go to." : undefined}
      form={
        <>
          <TargetList title="Where it goes" targets={targets} chosen={targetNodeId} onChoose={setTarget} />
          <TransferModeSection value={mode} onChange={setMode} />
        </>
      }
    />
  );
}

type Asked = Omit<Props, "onClose"> & { targetNodeId: NodeId | null; mode: TransferMode };

/** The change and what it is given; without a target, or without a node to take it from, nothing is asked yet. */
function askOf({ clusterId, picture, group, deed, targetNodeId, mode }: Asked) {
  if (deed === "move" && group.kind === "schema") {
    const input = targetNodeId && { clusterId, colocationId: group.colocationId, targetNodeId, mode };
    return { actions: shardChanges.moveSchema as ChangeActions<{ clusterId: ClusterId }>, input };
  }
  const source = picture.primaries.find((node) => group.groupIds.includes(node.groupId));
  const input = targetNodeId && source && { clusterId, shardId: group.id, sourceNodeId: source.id, targetNodeId, mode };
  const actions = deed === "copy" ? shardChanges.copy : shardChanges.move;
  return { actions: actions as ChangeActions<{ clusterId: ClusterId }>, input: input ?? null };
}

const COPY_INTRO = "One more placement of it is made on the other node. The ones that are there stay.";

function moveIntro({ shardIds }: ShardGroup) {
  return (
    <>
      Its {countOf(shardIds.length, "shard")} {shardIds.length === 1 ? "is" : "are"} copied to the other node; then
      queries go there. <strong>No data is lost:</strong> what is left behind is dropped only after that.
    </>
  );
}

function whatOf({ tables }: ClusterPicture, { id, kind, tableOids }: ShardGroup): { kind: string; name: string } {
  const schema = tables.get(tableOids[0] ?? 0)?.schema;
  if (kind === "schema" && schema !== undefined) return { kind: "schema", name: schema };
  return { kind: kind === "reference" ? "the reference tables, group" : "shard group", name: String(id) };
}
