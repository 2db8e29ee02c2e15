import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { countOf, formatCount } from "@/lib/format/count";
import { WIDEST_CELL } from "./map-camera";
import type { MapCells } from "./map-cells";

type Props = { cells: MapCells; zoom: number | null; onZoom: (way: 1 | -1) => void; onFit: () => void };

/** Nearer and farther by button, how else it goes, and what moves. */
export function ZoomBar({ cells, zoom, onZoom, onFit }: Props) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-1.5 text-12 text-text-2 max-md:px-3">
      <span className="flex items-center gap-1">
        <IconButton
          icon="minus"
          label="Zoom out"
          size="sm"
          because={zoom === null ? "All of it is in sight." : undefined}
          onClick={() => onZoom(-1)}
        />
        <IconButton
          icon="plus"
          label="Zoom in"
          size="sm"
          because={zoom !== null && zoom >= WIDEST_CELL ? "The blocks are as large as they get." : undefined}
          onClick={() => onZoom(1)}
        />
        <Button size="sm" because={zoom === null ? "All of it is in sight." : undefined} onClick={onFit}>
          Show all
        </Button>
      </span>
      <span className="text-text-3">Ctrl and wheel zoom, drag moves</span>
      <span className="ml-auto">{movesIn(cells)}</span>
    </div>
  );
}

/** "2 groups move now, 14 wait: 11 for :55179, 3 for :55180". Empty where nothing is on its way. */
function movesIn({ bands }: MapCells): string {
  const now = bands.reduce((sum, band) => sum + band.arriving.length, 0);
  const waiting = bands.filter((band) => band.queued > 0);
  const queued = waiting.reduce((sum, band) => sum + band.queued, 0);
  if (now + queued === 0) return "";
  const first = `${countOf(now, "group")} ${now === 1 ? "moves" : "move"} now`;
  if (queued === 0) return first;
  const where = waiting.map((band) => `${formatCount(band.queued)} for ${band.name}`).join(", ");
  return `${first}, ${formatCount(queued)} ${queued === 1 ? "waits" : "wait"}: ${where}`;
}
