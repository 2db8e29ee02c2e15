"use client";
import { type KeyboardEvent, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { useMay } from "@/components/live/access";
import { problemOf } from "@/components/ui/query-state";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { Jobs } from "@/lib/domain/job";
import { columnKey } from "@/lib/domain/map-columns";
import { mayMoveGroup } from "@/lib/domain/move-targets";
import type { Heat } from "@/lib/domain/shard-activity";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { movesOf } from "@/lib/domain/shard-moves";
import type { ShardView } from "@/lib/domain/shard-view";
import { useShardRows } from "@/lib/queries/shard-rows";
import { useExactShards } from "@/lib/queries/shards";
import { CanvasMap } from "./canvas-map";
import { FindKeyForm } from "./find-key-form";
import { GroupDialog, type OpenAct } from "./group-dialog";
import { GroupPanel } from "./group-panel";
import { MapLegend } from "./map-legend";
import { PartialNote } from "./partial-note";
import { ShardMap } from "./shard-map";
import { ShardsToolbar } from "./shards-toolbar";
import { TablePanel } from "./table-panel";
import { useHeat } from "./use-heat";
import { useKeySearch } from "./use-key-search";
import { useMapCells } from "./use-map-cells";
import { useShardView } from "./use-shard-view";

type Props = { clusterId: ClusterId; picture: ClusterPicture; jobs: Jobs | null };

/** The screen over a picture of the cluster: toolbar, map, table, and beside them the panel of the chosen group. */
export function ShardsView({ clusterId, picture: newest, jobs }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, onChange] = useShardView();
  // What is typed is echoed first; map and table follow in small steps that the next key interrupts.
  const picture = useDeferredValue(newest);
  const settled = useDeferredValue(view);
  const [openAct, setOpenAct] = useState<OpenAct>();
  const moves = useMemo(() => movesOf(picture, jobs), [picture, jobs]);
  const { columns, cells, canBeBlocks } = useMapCells(picture, moves);
  const isCanvas = settled.draw === "pixels" || !canBeBlocks;
  const { heat, note } = useHeat(clusterId, picture, settled.colour === "activity");
  const { rows, shown } = useShardRows(picture, columns, settled);
  const search = useKeySearch(clusterId, picture, view, onChange);
  const exact = useExactShards(clusterId);
  const group = groupNamed(picture, view.group);
  const mayMove = useMay("shard:move").allowed && group !== undefined && mayMoveGroup(group).allowed;
  const column = group && columns.find((one) => one.key === columnKey(group));
  const [foundId, foundTip] = [search.found?.group.id, search.found?.tip];
  const found = useMemo(
    () => (foundId === undefined || foundTip === undefined ? null : { groupId: foundId, tip: foundTip }),
    [foundId, foundTip],
  );
  const onOpen = useCallback((groupId: number) => onChange({ group: groupId }), [onChange]);
  function onClose() {
    onChange({ group: null });
    frame.current?.querySelector<HTMLElement>(`[data-spot$=":${view.group}"], [role="application"]`)?.focus();
  }
  function press(event: KeyboardEvent) {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (openAct || isTyping) return;
    if (event.key === "Escape" && view.group !== null) onClose();
    if (event.key === "m" && group && mayMove && !event.ctrlKey && !event.metaKey && !event.altKey)
      setOpenAct({ act: "move", group, picture });
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel, and m moves its group, wherever the focus is beside it
    <div
      ref={frame}
      onKeyDown={press}
      // Flush with the frame, but not over a banner that stands above.
      className="-mx-5 -mb-5 flex min-w-0 flex-1 flex-col first:-mt-3.5 max-md:-mx-3"
    >
      <ShardsToolbar view={view} isCanvas={isCanvas} canBeBlocks={canBeBlocks} onChange={onChange}>
        <FindKeyForm
          picture={picture}
          table={view.table}
          value={view.key}
          isPending={search.isPending}
          answer={search.found?.answer ?? null}
          problem={search.problem}
          onFind={search.find}
          onClear={search.clear}
        />
      </ShardsToolbar>
      <PartialNote picture={picture} />
      {note}
      <div className="flex min-h-0 min-w-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {isCanvas ? (
            <CanvasMap
              picture={picture}
              cells={cells}
              moves={moves}
              heat={heat}
              shown={shown}
              view={settled}
              found={found}
              onOpen={onOpen}
              onChange={onChange}
            />
          ) : (
            <ShardMap
              picture={picture}
              columns={columns}
              moves={moves}
              heat={heat}
              shown={shown}
              view={settled}
              found={found}
              onOpen={onOpen}
              onChoose={onChange}
            />
          )}
          <MapLegend
            colour={settled.colour}
            nodes={cells.held.nodes}
            heat={heat}
            hasUnknown={hasUnknown(picture, settled.colour, heat)}
            isCanvas={isCanvas}
          />
          <TablePanel
            picture={picture}
            columns={columns}
            rows={rows}
            heat={heat}
            view={view}
            settled={settled}
            exact={exact.data}
            onOpen={onOpen}
            onChange={onChange}
          />
        </div>
        {group && column && (
          <GroupPanel
            picture={picture}
            group={group}
            column={column}
            move={moves.find((move) => move.group.id === group.id)}
            found={search.found?.group.id === group.id ? search.found.sentence : null}
            exact={{
              result: exact.data,
              isPending: exact.isPending,
              problem: exact.error ? problemOf(exact.error) : null,
              ask: exact.mutate,
            }}
            onAct={(act) => setOpenAct({ act, group, picture })}
            onClose={onClose}
          />
        )}
      </div>
      {openAct && <GroupDialog clusterId={clusterId} open={openAct} onClose={() => setOpenAct(undefined)} />}
    </div>
  );
}

/** A group is named by its lowest shard. */
function groupNamed(picture: ClusterPicture, id: number | null): ShardGroup | undefined {
  const group = id === null ? undefined : picture.groupOfShard.get(id);
  return group?.id === id ? group : undefined;
}

/** Whether a colour of its own says of some group that nobody knows. */
function hasUnknown(picture: ClusterPicture, colour: ShardView["colour"], heat: Heat | null): boolean {
  if (colour === "activity") return heat?.hasUnknown ?? false;
  return colour === "bytes" && picture.isMeasured && picture.groupColumns.bytes.some(Number.isNaN);
}
