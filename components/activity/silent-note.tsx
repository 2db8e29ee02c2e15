import { StatusWord } from "@/components/ui/status-word";
import type { Activity } from "@/lib/domain/activity";
import type { ClusterNode } from "@/lib/domain/node";
import { listOf } from "@/lib/domain/node-names";
import { nodeNamer, silenceOf } from "@/lib/domain/silent-nodes";
import { countOf } from "@/lib/format/count";

type Props = { activity: Activity; nodes: readonly ClusterNode[] };

/** Which nodes' sessions are missing below, and on which the login sees only its own. */
export function SilentNote({ activity, nodes }: Props) {
  const silence = silenceOf(activity.answers, nodes);
  const blind = listOf(activity.blindOn.map(nodeNamer(nodes)));
  if (!silence && blind === "") return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12"
    >
      {silence && (
        <>
          <StatusWord tone="warn">
            {silence.answered} of {countOf(silence.asked, "node")}
          </StatusWord>
          <span>
            {silence.names} did not answer: {silence.because} Sessions opened there are missing below, and so are lock
            waits on it.
          </span>
        </>
      )}
      {blind !== "" && (
        <span>
          On {blind} the console's login may see only its own sessions' statements. Grant it pg_monitor to see the
          others'.
        </span>
      )}
    </div>
  );
}
