import type { ReactNode } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { ShardView } from "@/lib/domain/shard-view";
import { MOST_BLOCKS } from "./block-size";

type Props = {
  view: ShardView;
  isPixels: boolean;
  blocks: number;
  onChange: (changes: Partial<ShardView>) => void;
  children: ReactNode;
};

/** Find key, and how the map is drawn. */
export function ShardsToolbar({ view, isPixels, blocks, onChange, children }: Props) {
  // Blocks beyond the limit would take seconds to draw: there the choice is not offered.
  const canBeBlocks = blocks <= MOST_BLOCKS * 2;
  return (
    <div
      role="toolbar"
      aria-label="Shard map"
      className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-5 py-2 max-md:px-3"
    >
      {children}
      <span className="flex flex-wrap items-center gap-4">
        <Segmented
          label="Colour"
          showLabel
          value={view.colour}
          options={[
            { value: "bytes", label: "Bytes" },
            { value: "node", label: "Node" },
          ]}
          onChange={(colour) => onChange({ colour })}
        />
        {canBeBlocks && (
          <Segmented
            label="Draw"
            showLabel
            value={isPixels ? "pixels" : "blocks"}
            options={[
              { value: "blocks", label: "Blocks" },
              { value: "pixels", label: "Pixels" },
            ]}
            onChange={(draw) => onChange({ draw })}
          />
        )}
      </span>
    </div>
  );
}
