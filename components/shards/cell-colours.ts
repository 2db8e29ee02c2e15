import { byteStep } from "@/lib/domain/map-columns";
import { type Heat, heatStep } from "@/lib/domain/shard-activity";
import { at } from "@/lib/domain/shard-columns";
import type { ShardView } from "@/lib/domain/shard-view";
import type { HeldCells, HeldMap } from "./map-cells";

/** Where each kind of colour begins in the palette. Twice as many in all: the second half is the first, dimmed. */
export const UNKNOWN = 0;
export const BYTES = 1;
export const HEAT = 8;
export const NODES = 15;
export const COORDINATOR = 23;
export const COLOURS = 24;

export type ColouredBy = {
  colour: ShardView["colour"];
  /** How busy each group is; null: nobody was asked yet. */
  heat: Heat | null;
  /** 1 for each group of the picture that a filter lets through; null: there is none, and nothing is dimmed. */
  shown: Uint8Array | null;
};

/** The place in the palette of each cell of each node. */
export function cellColours(held: HeldMap, by: ColouredBy): ReadonlyMap<HeldCells["node"], Uint8Array> {
  const colourOf = { bytes: byBytes, activity: byHeat, node: byNode }[by.colour](held, by);
  return new Map(
    held.nodes.map((one) => {
      const colours = new Uint8Array(one.groups.length);
      for (let index = 0; index < colours.length; index += 1) {
        const group = at(one.groups, index);
        const dimming = by.shown === null || by.shown[group] === 1 ? 0 : COLOURS;
        colours[index] = colourOf(group, at(one.places, index), one) + dimming;
      }
      return [one.node, colours];
    }),
  );
}

/** Of a group, at one of its places, on a node. */
type ColourOf = (group: number, place: number, on: HeldCells) => number;

function byBytes({ picture, columns, columnOf }: HeldMap): ColourOf {
  const { bytes, placeBytes } = picture.groupColumns;
  const medians = Float64Array.from(columns, (column) => column.medianBytes || Number.NaN);
  return (group, place) => {
    if (Number.isNaN(placeBytes[place])) return UNKNOWN;
    const times = at(bytes, group) / at(medians, at(columnOf, group));
    return BYTES + byteStep(Number.isNaN(times) ? null : times) - 1;
  };
}

function byHeat(_held: HeldMap, { heat }: ColouredBy): ColourOf {
  return (_group, place) => {
    const rate = heat?.byPlace[place] ?? Number.NaN;
    return Number.isNaN(rate) ? UNKNOWN : HEAT + heatStep(rate, heat?.most ?? 0) - 1;
  };
}

function byNode(): ColourOf {
  return (_group, _place, { node, isCoordinator }) => (isCoordinator ? COORDINATOR : NODES + ((node.id + 7) % 8));
}
