"use client";
import clsx from "clsx";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { nodeColour } from "@/components/ui/node-colour";
import { Select } from "@/components/ui/select";
import { loadsOf, type NodeLoad } from "@/lib/domain/balance";
import { type ClusterPicture, tableName } from "@/lib/domain/cluster-picture";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import { isMovable, type ShardGroup } from "@/lib/domain/shard-groups";
import type { Scenario } from "@/lib/domain/what-if";
import { formatBytes } from "@/lib/format/bytes";
import { countOf } from "@/lib/format/count";

type HandMove = Scenario["byHand"][number];
type Props = {
  picture: ClusterPicture;
  nodes: readonly ClusterNode[];
  byHand: Scenario["byHand"];
  onPut: (move: HandMove) => void;
  onPutBack: () => void;
};
type Block = { group: ShardGroup; home: ClusterNode; at: ClusterNode };

/** The largest of each node are drawn; the rest is counted. */
const DRAWN = 24;

/** Shard groups as blocks that can be put on another node: by dragging, or by the two fields above them. */
export function WhatIfBlocks({ picture, nodes, byHand, onPut, onPutBack }: Props) {
  const [dragged, setDragged] = useState<Block | null>(null);
  const names = shortNames(nodes);
  const places = nodes.filter((node) => node.isActive && (node.mayHoldShards || node.placementCount > 0));
  const largest = useMemo(() => largestOf(picture), [picture]);
  const loads = useMemo(() => loadsOf(picture), [picture]);
  const blocks = blocksOf(largest, places, byHand);
  const put = ({ group, home }: Block, to: ClusterNode) => onPut({ shardId: group.id, from: home.id, to: to.id });
  const nameOf = (node: ClusterNode) => names.get(node.id) ?? `node ${node.id}`;
  return (
    <section aria-label="Put a shard group elsewhere" className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-13 leading-5">Put a shard group elsewhere</h3>
        <span className="text-12 text-text-3">
          {byHand.length === 0
            ? "Drag a block to another node, or choose below. The plans above start from there."
            : `${countOf(byHand.length, "shard group")} put elsewhere. The plans above start from there.`}
        </span>
        {byHand.length > 0 && (
          <Button size="sm" onClick={onPutBack}>
            Put all back
          </Button>
        )}
      </div>
      <ByChoice blocks={blocks} places={places} nameOf={nameOf} picture={picture} onPut={put} />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-2">
        {places.map((node) => {
          const here = blocks.filter((block) => block.at.id === node.id);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the fields above do the same by keyboard
            <div
              key={node.id}
              data-node={node.id}
              onDragOver={(event) => node.mayHoldShards && event.preventDefault()}
              onDrop={() => {
                if (dragged && node.mayHoldShards) put(dragged, node);
                setDragged(null);
              }}
              className={clsx(
                "rounded-2 border p-2",
                dragged && node.mayHoldShards && dragged.at.id !== node.id ? "border-accent" : "border-line",
              )}
            >
              <p className="mb-1 flex gap-1.5 text-11 text-text-2">
                <span className="min-w-0 truncate font-mono">{nameOf(node)}</span>
                <span className="whitespace-nowrap text-text-3">{countOf(groupsOn(node, loads, byHand), "group")}</span>
              </p>
              <div className="flex flex-wrap gap-1" aria-hidden="true" data-ink="">
                {here.slice(0, DRAWN).map((block) => (
                  // biome-ignore lint/a11y/noStaticElementInteractions: hidden from a screen reader, which has the fields above
                  <i
                    key={keyOf(block)}
                    draggable
                    title={labelOf(picture, block.group)}
                    onDragStart={() => setDragged(block)}
                    onDragEnd={() => setDragged(null)}
                    className={clsx("size-4 cursor-grab rounded-1", block.home !== block.at && "ring-2 ring-accent")}
                    style={{ backgroundColor: nodeColour(block.home.id, isCoordinator(block.home)) }}
                  />
                ))}
                {groupsOn(node, loads, byHand) > DRAWN && <span className="text-11 text-text-3">…</span>}
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}

type ByChoiceProps = {
  blocks: readonly Block[];
  places: readonly ClusterNode[];
  nameOf: (node: ClusterNode) => string;
  picture: ClusterPicture;
  onPut: (block: Block, to: ClusterNode) => void;
};

/** The same with two fields: for the keyboard, and for groups that are not drawn. */
function ByChoice({ blocks, places, nameOf, picture, onPut }: ByChoiceProps) {
  const [chosen, setChosen] = useState("");
  const [target, setTarget] = useState("");
  const block = blocks.find((one) => keyOf(one) === chosen) ?? blocks[0];
  const others = places.filter((node) => node.mayHoldShards && node.id !== block?.at.id);
  const to = others.find((node) => String(node.id) === target) ?? others[0];
  if (!block || !to) return <p className="text-12 text-text-2">There is no shard group that could be put elsewhere.</p>;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Shard group"
        value={keyOf(block)}
        options={blocks.map((one) => ({
          value: keyOf(one),
          label: `${labelOf(picture, one.group)}, on ${nameOf(one.at)}`,
        }))}
        onChange={setChosen}
      />
      <Select
        label="to"
        value={String(to.id)}
        options={others.map((node) => ({ value: String(node.id), label: nameOf(node) }))}
        onChange={setTarget}
      />
      <Button size="sm" onClick={() => onPut(block, to)}>
        Put it there
      </Button>
    </div>
  );
}

const keyOf = ({ group, home }: Block) => `${group.id} ${home.id}`;

/** More than these are not drawn and not offered: nobody moves ten thousand groups by hand. */
const OFFERED = 2_000;

/** The largest shard groups that may be moved, without looking at each of a hundred thousand as an object. */
function largestOf({ groups, groupColumns }: ClusterPicture): ShardGroup[] {
  const bytes = groupColumns.bytes;
  const order = Uint32Array.from(bytes, (_, index) => index).sort((a, b) => (bytes[b] ?? 0) - (bytes[a] ?? 0) || a - b);
  const largest: ShardGroup[] = [];
  for (const index of order) {
    const group = groups[index];
    if (group && isMovable(group)) largest.push(group);
    if (largest.length === OFFERED) break;
  }
  return largest;
}

function blocksOf(groups: readonly ShardGroup[], places: readonly ClusterNode[], byHand: Scenario["byHand"]): Block[] {
  const byId = new Map(places.map((node) => [node.id, node]));
  const put = new Map(byHand.map(({ shardId, from, to }) => [`${shardId} ${from}`, byId.get(to)]));
  return groups.flatMap((group) =>
    places
      .filter((home) => group.isOn(home.groupId))
      .map((home) => ({ group, home, at: put.get(`${group.id} ${home.id}`) ?? home })),
  );
}

function groupsOn(node: ClusterNode, loads: readonly NodeLoad[], byHand: Scenario["byHand"]): number {
  const come = byHand.filter((move) => move.to === node.id).length;
  const gone = byHand.filter((move) => move.from === node.id).length;
  return (loads.find((load) => load.node.id === node.id)?.groups ?? 0) + come - gone;
}

function labelOf(picture: ClusterPicture, group: ShardGroup): string {
  const tables = [...new Set(group.tableOids.map((oid) => tableName(picture, oid)))].slice(0, 3).join(", ");
  return `${group.id} of ${tables}${group.bytes === null ? "" : `, ${formatBytes(group.bytes)}`}`;
}
