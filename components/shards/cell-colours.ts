import { byteStep, type MapColumn } from "@/lib/domain/map-columns";
import { type Heat, heatStep } from "@/lib/domain/shard-activity";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { ShardView } from "@/lib/domain/shard-view";
import type { HeldCells } from "./map-cells";

/** Where each kind of colour begins in the palette. Twice as many in all: the second half is the first, dimmed. */
export const UNKNOWN = 0;
export const BYTES = 1;
export const HEAT = 8;
export const NODES = 15;
export const COORDINATOR = 23;
export const COLOURS = 24;

export type ColouredBy = {
  colour: ShardView["colour"];
  /** How busy a group is on a node group; null: nobody was asked yet. */
  heat: Heat | null;
  /** The groups that a filter lets through; null: there is none, and nothing is dimmed. */
  shown: ReadonlySet<number> | null;
};

/** The place in the palette of each cell of each band. */
export function cellColours(columns: readonly MapColumn[], held: readonly HeldCells[], by: ColouredBy): Uint8Array[] {
  const medians = Float64Array.from(columns, (column) => column.medianBytes ?? 0);
  return held.map((band) => {
    const colours = new Uint8Array(band.groups.length);
    for (let index = 0; index < colours.length; index += 1) {
      const group = band.groups[index];
      if (group)
        colours[index] = colourOf(group, band, medians[band.columns[index] ?? 0] ?? 0, by) + dimming(group, by);
    }
    return colours;
  });
}

function colourOf(group: ShardGroup, band: HeldCells, medianBytes: number, { colour, heat }: ColouredBy): number {
  const nodeGroupId = band.node.groupId;
  if (colour === "node") return band.isCoordinator ? COORDINATOR : NODES + ((band.node.id + 7) % 8);
  if (colour === "activity") {
    const rate = heat?.of(group, nodeGroupId) ?? null;
    return rate === null ? UNKNOWN : HEAT + heatStep(rate, heat?.most ?? 0) - 1;
  }
  const bytes = group.bytesOn(nodeGroupId);
  if (bytes === null) return UNKNOWN;
  return BYTES + byteStep(medianBytes > 0 && group.bytes !== null ? group.bytes / medianBytes : null) - 1;
}

function dimming(group: ShardGroup, { shown }: ColouredBy): number {
  return shown === null || shown.has(group.id) ? 0 : COLOURS;
}
