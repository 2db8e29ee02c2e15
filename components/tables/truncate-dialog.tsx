"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import { fullName } from "@/lib/domain/table-facts";
import { tableChanges } from "@/lib/queries/tables";
import type { TableDialogProps } from "./table-dialog";

/** The second half of distributing a table with rows: it was copied, and the originals are still there. */
export function TruncateDialog({ clusterId, row, onStarted, onClose }: TableDialogProps) {
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={tableChanges.truncateLocal}
      input={{ clusterId, table: row.oid }}
      title={
        <>
          Remove the rows that <span className="font-mono">{fullName(row)}</span> left on the coordinator?
        </>
      }
      intro={
        <>
          Distributing copied the rows into shards and left the originals where they were. No query sees them any more.{" "}
          <strong>The rows in the shards are not touched.</strong>
        </>
      }
      confirmLabel="Remove left-behind rows"
      danger
      onStarted={onStarted}
    />
  );
}
