import { NodeName } from "@/components/ui/node-name";
import type { MapRow } from "./map-model";

const STEPS = [1, 2, 3, 4, 5, 6, 7] as const;

type Props = { colour: "bytes" | "node"; rows: readonly MapRow[]; hasUnknown: boolean; isPixels: boolean };

/** What the colours and marks of the map mean. */
export function MapLegend({ colour, rows, hasUnknown, isPixels }: Props) {
  return (
    <div className="flex min-h-[38px] flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-5 py-1.5 text-12 text-text-2 max-md:px-3">
      {colour === "bytes" ? <ByteSteps /> : <Nodes rows={rows} />}
      {!isPixels && (
        <>
          <Mark className="hatch bg-(--by-4)" data-ink="">
            leaving
          </Mark>
          <Mark className="border-[1.5px] border-accent border-dashed">arriving</Mark>
        </>
      )}
      <Mark className="h-2.5! w-4! outline-2 outline-text-1">found</Mark>
      {hasUnknown && (
        <Mark className={isPixels ? "bg-line-control" : "hatch bg-surface-3"} data-ink="">
          size unknown
        </Mark>
      )}
      <span className="ml-auto text-text-3">
        {isPixels ? "Point for the name, Enter opens" : "Arrows walk, Enter opens"}
      </span>
    </div>
  );
}

function ByteSteps() {
  return (
    <span className="inline-flex items-center gap-1.5">
      Bytes per group
      <span className="inline-flex gap-px" data-ink="" aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} className="h-2.5 w-5" style={{ backgroundColor: `var(--by-${step})` }} />
        ))}
      </span>
      <span className="text-text-3">none to twice the median of its column</span>
    </span>
  );
}

function Nodes({ rows }: { rows: readonly MapRow[] }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      {rows.map(({ node, name, isCoordinator }) => (
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
