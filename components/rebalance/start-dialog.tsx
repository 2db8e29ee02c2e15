import { ChangeDialog } from "@/components/change/change-dialog";
import type { ChangePlan } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { countOf } from "@/lib/format/count";
import { rebalanceStartActions } from "@/lib/queries/rebalance";
import type { Starting } from "./start-panel";

type Props = { clusterId: ClusterId; starting: Starting; onClose: () => void };

/** Asks once more, starts, and follows the job until it is closed. */
export function StartDialog({ clusterId, starting, onClose }: Props) {
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={rebalanceStartActions}
      input={{ clusterId, ...starting.options }}
      title={`Start ${starting.what}?`}
      intro="The moves run in the background. A run can be stopped at any moment; what has moved by then stays moved."
      confirmLabel={`Start ${countOf(starting.moves, "move")}`}
      named={named}
    />
  );
}

/** The server makes the plan anew, and it may be another than the one that was on screen when this was opened. */
function named({ steps: [schedule] }: ChangePlan) {
  const what = schedule?.title.replace(/^Schedule /, "") ?? "";
  return { title: `Start ${what}?`, confirmLabel: `Start ${what.replace(/,.*/, "")}` };
}
