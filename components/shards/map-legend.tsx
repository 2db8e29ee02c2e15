import { NodeName } from "@/components/ui/node-name";
import type { Heat } from "@/lib/domain/shard-activity";
import type { ShardView } from "@/lib/domain/shard-view";
import { perSecond } from "./activity-words";
import type { HeldCells } from "./map-cells";

const STEPS = [1, 2, 3, 4, 5, 6, 7] as const;
/** More names than these would be a list: beside their bands they stand all the same. */
const MOST_NAMES = 12;

type Props = {
  colour: ShardView["colour"];
  nodes: readonly HeldCells[];
  heat: Heat | null;
  hasUnknown: boolean;
  isCanvas: boolean;
};

/** What the colours and marks of the map mean. */
export function MapLegend({ colour, nodes, heat, hasUnknown, isCanvas }: Props) {
  return (
    <div className="flex min-h-[38px] flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-5 py-1.5 text-12 text-text-2 max-md:px-3">
      {colour === "bytes" && (
        <Steps sequence="by" name="Bytes per group" meaning="none to twice the median of its column" />
      )}
      {colour === "activity" && (
        <Steps sequence="ht" name="Reads and rows written per second" meaning={hotness(heat)} />
      )}
      {colour === "node" && <Nodes nodes={nodes} />}
      <Mark className="hatch bg-(--by-4)" data-ink="">
        leaving
      </Mark>
      <Mark className="border-[1.5px] border-accent border-dashed">arriving</Mark>
      <Mark className="h-2.5! w-4! outline-2 outline-text-1">found</Mark>
      {hasUnknown && (
        <Mark className={isCanvas ? "bg-line-control" : "hatch bg-surface-3"} data-ink="">
          {colour === "activity" ? "activity unknown" : "size unknown"}
        </Mark>
      )}
      <span className="ml-auto text-text-3">
        {isCanvas ? "Point for the name, Enter opens" : "Arrows walk, Enter opens"}
      </span>
    </div>
  );
}

/** Steps of heat are by the busiest: what is hot depends on the cluster. */
function hotness(heat: Heat | null): string {
  if (!heat || heat.seconds === null) return "none to the busiest";
  if (heat.most === 0) return `nothing was read or written in ${Math.round(heat.seconds)} s`;
  return `none to ${perSecond(heat.most)}, each step three times the one before`;
}

type StepsProps = { sequence: "by" | "ht"; name: string; meaning: string };

function Steps({ sequence, name, meaning }: StepsProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {name}
      <span className="inline-flex gap-px" data-ink="" aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} className="h-2.5 w-5" style={{ backgroundColor: `var(--${sequence}-${step})` }} />
        ))}
      </span>
      <span className="text-text-3">{meaning}</span>
    </span>
  );
}

function Nodes({ nodes }: { nodes: readonly HeldCells[] }) {
  if (nodes.length > MOST_NAMES) return <span>Each node by its own colour; the ninth repeats the first</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      {nodes.map(({ node, name, isCoordinator }) => (
        <NodeName
          key={node.id}
          nodeId={node.id}
          host={node.host}
          port={node.port}
          isCoordinator={isCoordinator}
          short={name}
        />
      ))}
    </span>
  );
}

function Mark({ className, children, ...rest }: { className: string; children: string; "data-ink"?: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <i aria-hidden="true" {...rest} className={`h-3 w-5 rounded-[2px] ${className}`} />
      {children}
    </span>
  );
}
