import { byteStep, timesMedian } from "@/lib/domain/map-columns";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { MapModel, MapRow } from "./map-model";
import type { Rgb } from "./pixels";
import type { Palette } from "./use-palette";

export type BandOfNode = { row: MapRow; groups: readonly ShardGroup[]; colours: readonly Rgb[] };

const GREY: Rgb = [128, 128, 128];

/** Each node's groups in one run, column after column, with their colours. Reference tables are on every node and left out. */
export function pixelBands(model: MapModel, palette: Palette, colour: "bytes" | "node"): BandOfNode[] {
  return model.rows
    .map((row) => {
      const cells = row.cells.filter((cell) => cell.column.kind !== "reference");
      const nodeColour = row.isCoordinator ? palette.muted : palette.nodes[(row.node.id + 7) % 8];
      const colours = cells.flatMap((cell) =>
        cell.groups.map((group) => {
          if (group.bytesByGroupId.get(row.node.groupId) == null) return palette.unknown;
          if (colour === "node") return nodeColour ?? GREY;
          return palette.bytes[byteStep(timesMedian(group, cell.column)) - 1] ?? GREY;
        }),
      );
      return { row, groups: cells.flatMap((cell) => cell.groups), colours };
    })
    .filter((band) => band.groups.length > 0);
}
