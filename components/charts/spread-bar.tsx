import clsx from "clsx";
import { isHatched, nodeColour } from "@/components/ui/node-colour";
import type { ChartNode } from "./chart-node";

type Props = {
  parts: readonly (ChartNode & { value: number })[];
  /** The spread in words: ":55165 34 %, :55166 33 %, :55167 33 %". */
  sentence: string;
  className?: string;
};

/** How one thing is spread over the nodes, in one thin line. */
export function SpreadBar({ parts, sentence, className }: Props) {
  const shown = parts.filter((part) => part.value > 0);
  return (
    <div
      role="img"
      aria-label={sentence}
      title={sentence}
      data-ink=""
      className={clsx("flex h-1.5 min-w-16 gap-px overflow-hidden rounded-1 bg-track", className)}
    >
      {shown.map((part) => (
        <i
          key={part.nodeId}
          className={clsx("block h-full min-w-0.5", isHatched(part.nodeId, part.isCoordinator) && "hatch")}
          style={{ flex: part.value, backgroundColor: nodeColour(part.nodeId, part.isCoordinator) }}
        />
      ))}
    </div>
  );
}
