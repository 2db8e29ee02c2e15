import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/format/bytes";

/** Rows from before the table was distributed; the one thing to do about them. */
export function LeftoverNote({ bytes, onAct }: { bytes: number; onAct: () => void }) {
  const because = useBecause("table:distribute");
  return (
    <div className="mt-3 rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12">
      <p className="text-pretty">
        {formatBytes(bytes)} of rows from before it was distributed still lie on the coordinator. No query sees them.
      </p>
      <div className="mt-1.5">
        <Button size="sm" because={because} onClick={onAct}>
          Remove them…
        </Button>
      </div>
    </div>
  );
}
