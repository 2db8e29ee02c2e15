import type { ReactNode } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { ShardView } from "@/lib/domain/shard-view";

type Props = {
  view: ShardView;
  isCanvas: boolean;
  /** Whether there are few enough groups for blocks: beyond that the canvas draws blocks itself, where one comes near. */
  canBeBlocks: boolean;
  onChange: (changes: Partial<ShardView>) => void;
  children: ReactNode;
};

/** Find key, and how the map is drawn. */
export function ShardsToolbar({ view, isCanvas, canBeBlocks, onChange, children }: Props) {
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
            { value: "activity", label: "Activity" },
            { value: "node", label: "Node" },
          ]}
          onChange={(colour) => onChange({ colour })}
        />
        {canBeBlocks && (
          <Segmented
            label="Draw"
            showLabel
            value={isCanvas ? "pixels" : "blocks"}
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
