"use client";
import { useMemo } from "react";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type MapColumn, mapColumns } from "@/lib/domain/map-columns";
import type { ShardMove } from "@/lib/domain/shard-moves";
import { MOST_BLOCKS } from "./block-size";
import { heldMap, type MapCells, mapCells } from "./map-cells";

type Cells = { columns: readonly MapColumn[]; cells: MapCells; canBeBlocks: boolean };

/** What the map is made of. What is where is found out once for a picture; what moves is added to it each time. */
export function useMapCells(picture: ClusterPicture, moves: readonly ShardMove[]): Cells {
  const columns = useMemo(() => mapColumns(picture), [picture]);
  const held = useMemo(() => heldMap(picture, columns), [picture, columns]);
  const cells = useMemo(() => mapCells(held, moves), [held, moves]);
  return { columns, cells, canBeBlocks: cells.total <= MOST_BLOCKS };
}
