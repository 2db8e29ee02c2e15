import { NodeName } from "@/components/ui/node-name";
import { countOf, formatCount } from "@/lib/format/count";
import { bandsSeen, type Sight } from "./map-camera";
import type { MapBand, MapCells } from "./map-cells";
import { bandStep } from "./map-geometry";
import type { Room } from "./use-room";

type Props = { cells: MapCells; sight: Sight; room: Room };

const NAME_HEIGHT = 16;
const LINE_HEIGHT = 14;

/** The nodes beside their bands: as many names as there is room for, and below a name what there is room for. */
export function CanvasNames({ cells, sight, room }: Props) {
  const step = bandStep(sight.grid) / room.ratio;
  const every = Math.max(1, Math.ceil(NAME_HEIGHT / step));
  const [first, end] = room.width > 0 ? bandsSeen(sight, room) : [0, 0];
  const named = cells.bands.slice(first, end).flatMap((band, offset) => {
    const position = first + offset;
    return position % every === 0 ? [{ band, top: position * step - sight.y / room.ratio }] : [];
  });
  return (
    <div className="relative w-28 flex-none overflow-hidden text-12 max-md:w-20">
      {named.map(({ band, top }) => {
        // A band that is higher than the window keeps its name in sight.
        const held = Math.max(0, top);
        return (
          <div
            key={band.node.id}
            className="absolute right-2 left-5 flex flex-col overflow-hidden max-md:left-3"
            style={{ top: held, height: Math.max(NAME_HEIGHT, every * step - (held - top)) }}
          >
            <NodeName
              nodeId={band.node.id}
              host={band.node.host}
              port={band.node.port}
              isCoordinator={band.isCoordinator}
              short={band.name}
            />
            {linesOf(band)
              .slice(0, Math.floor((every * step - (held - top) - NAME_HEIGHT) / LINE_HEIGHT))
              .map((line) => (
                <span key={line} className="flex-none text-11 text-text-3">
                  {line}
                </span>
              ))}
          </div>
        );
      })}
    </div>
  );
}

function linesOf({ groups, queued }: MapBand): string[] {
  const lines = [groups.length === 0 ? "no shards" : countOf(groups.length, "group")];
  return queued > 0 ? [...lines, `${formatCount(queued)} to come`] : lines;
}
