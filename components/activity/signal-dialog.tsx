"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import type { GlobalPid } from "@/lib/domain/global-pid";
import { cancelActions, terminateActions } from "@/lib/queries/activity";

export type Signal = { kind: "cancel" | "terminate"; globalPids: readonly GlobalPid[] };

type Props = { clusterId: ClusterId; signal: Signal | null; onClose: () => void };

/** Asks before a statement is cancelled or a session ended, with the exact call and whose session it is. */
export function SignalDialog({ clusterId, signal, onClose }: Props) {
  if (signal === null) return null;
  const { kind, globalPids } = signal;
  const isOne = globalPids.length === 1;
  const which = isOne ? `session ${globalPids[0]}` : `${globalPids.length} sessions`;
  const dialog = { open: true, onClose, clusterId, input: { clusterId, globalPids: [...globalPids] } };
  if (kind === "cancel")
    return (
      <ChangeDialog
        {...dialog}
        actions={cancelActions}
        title={isOne ? `Cancel the query of ${which}?` : `Cancel the queries of ${which}?`}
        intro="The statement ends with an error and its transaction rolls back what it has done. The session stays."
        confirmLabel={isOne ? "Cancel query" : "Cancel queries"}
      />
    );
  return (
    <ChangeDialog
      {...dialog}
      actions={terminateActions}
      danger
      title={`Terminate ${which}?`}
      intro="The connection is closed and its open transaction is rolled back; what was committed stays. The application has to connect again."
      confirmLabel={isOne ? "Terminate session" : "Terminate sessions"}
    />
  );
}
