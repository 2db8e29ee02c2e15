import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import type { MoveProgress } from "@/lib/domain/job";
import { formatBytes } from "@/lib/format/bytes";

type Props = { what: number | string; progress: MoveProgress | null };

/** One move as it runs: which shard, from where to where, in which phase, and how much of it. */
export function MoveLine({ what, progress }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-1 bg-surface-2 px-2 py-1.5 text-12">
      <span className="font-medium font-mono">{what}</span>
      {progress && (
        <span className="inline-flex items-center gap-1.5 font-mono">
          {progress.source} <Icon name="arrow-right" className="size-3.5 text-text-3" /> {progress.target}
        </span>
      )}
      {progress && <Chip>{progress.phase}</Chip>}
      <span className="ml-auto whitespace-nowrap text-text-2">{progress && amountOf(progress)}</span>
    </div>
  );
}

/** How much is left in this phase: behind the source once it replays, copied of all before. */
function amountOf({ lagBytes, sourceBytes, targetBytes }: MoveProgress): string {
  if (lagBytes !== null && lagBytes > 0) return `${formatBytes(lagBytes)} behind`;
  if (sourceBytes === null) return "";
  return targetBytes === null ? formatBytes(sourceBytes) : `${formatBytes(targetBytes)} of ${formatBytes(sourceBytes)}`;
}
