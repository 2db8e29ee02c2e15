"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import { fullName } from "@/lib/domain/table-facts";
import { tableChanges } from "@/lib/queries/tables";
import type { TableDialogProps } from "./table-dialog";

/** A full copy on every node: for small tables that everything joins. */
export function ReferenceDialog({ clusterId, row, onStarted, onClose }: TableDialogProps) {
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={tableChanges.reference}
      input={{ clusterId, table: row.oid }}
      title={
        <>
          Make <span className="font-mono">{fullName(row)}</span> a reference table?
        </>
      }
      intro="Every node gets all of its rows, so any table can be joined with it on any node, and foreign keys to it hold. Each write goes to all nodes."
      confirmLabel="Make reference table"
      onStarted={onStarted}
    />
  );
}
