import { StatusWord } from "@/components/ui/status-word";
import type { ClusterNode } from "@/lib/domain/node";
import type { Replication } from "@/lib/domain/replication";
import { silenceOf } from "@/lib/domain/silent-nodes";
import { countOf } from "@/lib/format/count";

/** Which nodes' standbys and slots are missing below. */
export function SilentNote({ replication, nodes }: { replication: Replication; nodes: readonly ClusterNode[] }) {
  const silence = silenceOf(replication.answers, nodes);
  if (!silence) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12"
    >
      <StatusWord tone="warn">
        {silence.answered} of {countOf(silence.asked, "node")}
      </StatusWord>
      <span>
        {silence.names} did not answer: {silence.because} Its standbys and slots are missing below.
      </span>
    </div>
  );
}
