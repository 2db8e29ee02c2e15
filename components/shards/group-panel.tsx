"use client";
import { Chip } from "@/components/ui/chip";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { StatusWord } from "@/components/ui/status-word";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type MapColumn, timesMedian } from "@/lib/domain/map-columns";
import type { ExactShards, ExactShardsOf } from "@/lib/domain/shard";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { ShardMove } from "@/lib/domain/shard-moves";
import { shardName } from "@/lib/domain/shard-rows";
import type { Problem } from "@/lib/errors";
import { ExactSection } from "./exact-section";
import { GroupActions } from "./group-actions";
import type { GroupAct } from "./group-dialog";
import { GroupFacts } from "./group-facts";
import { GroupShards } from "./group-shards";

export type ExactAsk = {
  result: ExactShards | undefined;
  isPending: boolean;
  problem: Problem | null;
  ask: (of: ExactShardsOf) => void;
};

type Props = {
  picture: ClusterPicture;
  group: ShardGroup;
  column: MapColumn;
  move: ShardMove | undefined;
  /** "customers.customer_id 48213 is in shard customers_102019." */
  found: string | null;
  exact: ExactAsk;
  onAct: (act: GroupAct) => void;
  onClose: () => void;
};

/** One shard group: where it is, what it is made of, how large it is beside the others. */
export function GroupPanel({ picture, group, column, move, found, exact, onAct, onClose }: Props) {
  const names = group.shardIds.map((_, position) => shardName(picture, group, position));
  const target = move && picture.primaries.find((node) => node.groupId === move.to);
  return (
    <Drawer
      open
      onClose={onClose}
      label={`Shard group ${group.id}`}
      title={
        <span className="flex items-center gap-2">
          <h2 className="font-mono text-15 leading-6">{group.id}</h2>
          <Chip>shard group</Chip>
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-col gap-1.5">
          <p className="text-12 text-text-2">{rank(group, column)}</p>
          {found !== null && (
            <p className="text-12">
              <StatusWord tone="ok" className="whitespace-normal!">
                {found}
              </StatusWord>
            </p>
          )}
          {move && target && (
            <p className="text-12">
              <StatusWord tone="info" className="whitespace-normal!">
                {move.progress
                  ? `Moving to ${picture.names.get(target.id)}: ${move.progress.phase}`
                  : `Will move to ${picture.names.get(target.id)}`}
              </StatusWord>
            </p>
          )}
        </div>
        <GroupActions picture={picture} group={group} onAct={onAct} />
        <GroupFacts picture={picture} group={group} column={column} />
        <GroupShards picture={picture} group={group} exact={exact.result} />
        <div className="flex flex-wrap gap-1.5">
          <CopyButton text={String(group.id)} label="Copy id" />
          <CopyButton text={names.join("\n")} label={names.length === 1 ? "Copy shard name" : "Copy shard names"} />
        </div>
        <ExactSection picture={picture} group={group} exact={exact} />
      </div>
    </Drawer>
  );
}

/** How the group compares with the others of its column, in a sentence. */
function rank(group: ShardGroup, column: MapColumn): string {
  if (group.kind === "reference") return "The reference tables: every node holds a copy of them.";
  if (group.kind === "local") return "A local table that Citus knows: it stays on the coordinator.";
  if (group.kind === "schema") return "The tables of one distributed schema, kept together on one node.";
  if (column.positions.length === 1) return "The only group of its kind.";
  const times = timesMedian(group, column);
  if (times === null) return "Its size is not known: a node that holds it did not tell.";
  const of = column.colocationId === null ? "of its kind" : `of colocation group ${column.colocationId}`;
  const compared = `${times.toFixed(1)} times the median`;
  return group.id === column.largestId ? `The largest ${of}: ${compared}.` : `${compared} ${of}.`;
}
