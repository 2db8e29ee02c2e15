import { SilentNote } from "@/components/live/silent-note";
import type { Activity } from "@/lib/domain/activity";
import type { ClusterNode } from "@/lib/domain/node";
import { listOf } from "@/lib/domain/node-names";
import { nodeNamer, silenceOf } from "@/lib/domain/silent-nodes";

type Props = { activity: Activity; nodes: readonly ClusterNode[] };

/** Which nodes' sessions are missing below, and on which the login sees only its own. */
export function MissingSessions({ activity, nodes }: Props) {
  const blind = listOf(activity.blindOn.map(nodeNamer(nodes)));
  return (
    <SilentNote
      silence={silenceOf(activity.answers, nodes)}
      missing="Sessions opened there are missing below, and so are lock waits on it."
    >
      {blind !== "" && (
        <span>
          On {blind} the console's login may see only its own sessions' statements. Grant it pg_monitor to see the
          others'.
        </span>
      )}
    </SilentNote>
  );
}
