"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { TransferModeSection } from "@/components/change/transfer-mode";
import { DialogSection } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { mayHold } from "@/lib/domain/move-targets";
import type { ClusterNode, NodeId } from "@/lib/domain/node";
import type { TransferMode } from "@/lib/domain/node-change";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { checkPoints, evenPoints, parsePoints, splitRanges } from "@/lib/domain/split-ranges";
import { shardChanges } from "@/lib/queries/shard-changes";
import { RangeBar } from "./range-bar";
import { SettledField } from "./settled-field";

type Props = { clusterId: ClusterId; picture: ClusterPicture; group: ShardGroup; onClose: () => void };

/** Where a shard group's hash range is cut, drawn as the parts it falls into, and on which node each part shall lie. */
export function SplitDialog({ clusterId, picture, group, onClose }: Props) {
  const { min, max } = { min: group.min ?? 0, max: group.max ?? 0 };
  const [text, setText] = useState(() => evenPoints(min, max, 2).join(", "));
  const [places, setPlaces] = useState<ReadonlyMap<number, NodeId>>(new Map());
  const [mode, setMode] = useState<TransferMode>("auto");
  const points = parsePoints(text);
  const fault = points === null ? "Points are whole numbers with commas between them." : faultOf(min, max, points);
  const ranges = fault === undefined && points ? splitRanges(min, max, points) : [];
  const nodes = placesFor(picture, group);
  const home = nodes.find((node) => group.groupIds.includes(node.groupId));
  const nodeOf = (part: number) => nodes.find((node) => node.id === places.get(part)) ?? home;
  const nodeIds = ranges.flatMap((_range, part) => nodeOf(part)?.id ?? []);
  const isReady = points !== null && fault === undefined && nodeIds.length === ranges.length;
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={shardChanges.split}
      input={isReady ? { clusterId, shardId: group.id, points, nodeIds, mode } : null}
      title={
        <>
          Split shard group <span className="font-mono">{group.id}</span>?
        </>
      }
      intro={
        <>
          Its rows are copied into new shards by their hash, in every table of the group; then queries go there.{" "}
          <strong>Citus cannot put the parts together again.</strong>
        </>
      }
      confirmLabel="Split"
      danger
      typedWhat="the shard group's id"
      blockedBecause={fault}
      form={
        <>
          <DialogSection title="Where it is cut">
            <div className="grid gap-2">
              <div className="flex flex-wrap items-end gap-2">
                <SettledField
                  label="Last hash value of each part but the last"
                  mono
                  value={text}
                  onChange={setText}
                  error={fault}
                  className="min-w-60 flex-1"
                />
                <Select
                  label="Even parts"
                  value={String(ranges.length)}
                  onChange={(parts) => setText(evenPoints(min, max, Number(parts)).join(", "))}
                  options={evenOptions(ranges.length)}
                />
              </div>
              {ranges.length > 0 && (
                <RangeBar
                  ranges={ranges}
                  bytes={group.bytes}
                  nodes={nodes}
                  nodeOf={nodeOf}
                  names={picture.names}
                  onPlace={(part, nodeId) => setPlaces((known) => new Map(known).set(part, nodeId))}
                />
              )}
            </div>
          </DialogSection>
          <TransferModeSection value={mode} onChange={setMode} />
        </>
      }
    />
  );
}

function faultOf(min: number, max: number, points: readonly number[]): string | undefined {
  const verdict = checkPoints(min, max, points);
  return verdict.allowed ? undefined : verdict.because;
}

/** Where a part may lie: where the group is, and every other node that may hold shards. */
function placesFor({ primaries }: ClusterPicture, group: ShardGroup): ClusterNode[] {
  return primaries.filter((node) => group.groupIds.includes(node.groupId) || mayHold(node).allowed);
}

function evenOptions(current: number): { value: string; label: string }[] {
  const counts = [...new Set([2, 3, 4, 8, current])].filter((count) => count > 1).sort((a, b) => a - b);
  return counts.map((count) => ({ value: String(count), label: count === 2 ? "halves" : `${count} parts` }));
}
