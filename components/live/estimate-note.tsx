import { useMemo } from "react";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { countEstimates } from "@/lib/domain/shard-sizes";
import { countOf } from "@/lib/format/count";

/** Says of the bytes on a screen how many are estimates that stand in until there is a measure. Nothing, once all are measured. */
export function EstimateNote({ picture: { placements } }: { picture: Pick<ClusterPicture, "placements"> }) {
  const count = useMemo(() => countEstimates(placements), [placements]);
  if (count === 0) return null;
  return (
    <div role="status" className="border-line border-b px-5 py-1.5 text-12 text-text-2 max-md:px-3">
      ≈ {countOf(count, "size")} {count === 1 ? "is an estimate" : "are estimates"} from what VACUUM last counted. Each
      is replaced when its node has measured it.
    </div>
  );
}
