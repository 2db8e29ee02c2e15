import type { ActivityPicture } from "@/lib/domain/activity-rows";
import type { GlobalPid } from "@/lib/domain/global-pid";
import { isSession, type PartyKey } from "@/lib/domain/lock-graph";
import type { ClusterNode } from "@/lib/domain/node";
import { countOf } from "@/lib/format/count";
import { LockCard } from "./lock-card";
import { CARD, type Drawn, layOut } from "./lock-layout";
import { useRoom } from "./use-room";

type Props = {
  picture: ActivityPicture;
  nodes: readonly ClusterNode[];
  chosen: readonly GlobalPid[];
  onChoose: (gpid: GlobalPid) => void;
};

const MARGIN = 2;

/** Waiting left, root blockers right, arrows from who waits to whom. Every card chooses its session. */
export function LockPicture({ picture, nodes, chosen, onChoose }: Props) {
  const [box, room] = useRoom();
  const layout = layOut(picture.graph, room);
  const choose = (party: PartyKey) => isSession(party) && onChoose(party);
  return (
    <div>
      <section
        ref={box}
        aria-label="Who waits for whom"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[420px] overflow-auto p-3 -outline-offset-2!"
      >
        <div className="relative" style={{ width: layout.width + 2 * MARGIN, height: layout.height + 2 * MARGIN }}>
          <svg
            aria-hidden="true"
            width={layout.width}
            height={layout.height}
            className="absolute inset-0 overflow-visible"
          >
            {layout.lines.map((line) => (
              <Arrow key={`${line.from.party} ${line.to.party}`} line={line} cardWidth={layout.cardWidth} />
            ))}
          </svg>
          {layout.lines[0] && <LineLabel line={layout.lines[0]} cardWidth={layout.cardWidth} />}
          {layout.cards.map((placed) => (
            <LockCard
              key={placed.party}
              picture={picture}
              nodes={nodes}
              placed={placed}
              width={layout.cardWidth}
              isRoot={picture.graph.roots.includes(placed.party)}
              isChosen={isSession(placed.party) && chosen.includes(placed.party)}
              onChoose={choose}
            />
          ))}
        </div>
      </section>
      {layout.hidden > 0 && (
        <p className="px-3 pb-2 text-12 text-text-2">
          {countOf(layout.hidden, "more session")} wait farther from the root; the table has all of them.
        </p>
      )}
    </div>
  );
}

type LineProps = { line: Drawn; cardWidth: number };

/** Between closer cards the label would lie under them; there the arrow and the word "waits" in the card are enough. */
const ROOM_FOR_LABEL = 84;

/** Says once which way the arrows point. */
function LineLabel({ line: { from, to }, cardWidth }: LineProps) {
  if (Math.abs(to.x - from.x - cardWidth) < ROOM_FOR_LABEL) return null;
  return (
    <span
      aria-hidden="true"
      className="absolute -translate-x-1/2 rounded-1 bg-surface-2 px-1.5 py-px text-11 text-text-2"
      style={{ left: (from.x + cardWidth + to.x) / 2, top: (from.y + to.y) / 2 + CARD.height / 2 + 6 }}
    >
      waits for →
    </span>
  );
}

function Arrow({ line: { from, to }, cardWidth }: LineProps) {
  const [x1, y1] = [from.x + cardWidth, from.y + CARD.height / 2];
  const [x2, y2] = [to.x, to.y + CARD.height / 2];
  // Members of a ring stand in one column: the line leaves to the right and comes back.
  const bend = x2 > x1 ? 44 : 70;
  const end = x2 > x1 ? x2 - 3 : to.x + cardWidth + 3;
  const back = x2 > x1 ? -1 : 1;
  return (
    <g className="fill-none stroke-text-2" strokeWidth={1.5}>
      <path d={`M${x1} ${y1}C${x1 + bend} ${y1} ${end + back * bend} ${y2} ${end} ${y2}`} />
      <path d={`M${end + back * 6} ${y2 - 4.5} ${end} ${y2} ${end + back * 6} ${y2 + 4.5}`} />
    </g>
  );
}
