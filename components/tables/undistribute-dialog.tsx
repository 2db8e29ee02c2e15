"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogSection } from "@/components/ui/dialog";
import { fullName } from "@/lib/domain/table-facts";
import { tableChanges } from "@/lib/queries/tables";
import type { TableDialogProps } from "./table-dialog";

/** The way back to a plain table. The name is typed: all of it must fit on the coordinator again. */
export function UndistributeDialog({ clusterId, row, onStarted, onClose }: TableDialogProps) {
  const [cascade, setCascade] = useState(false);
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={tableChanges.undistribute}
      input={{ clusterId, table: row.oid, cascade }}
      title={
        <>
          Undistribute <span className="font-mono">{fullName(row)}</span>?
        </>
      }
      intro={
        <>
          Its rows come back to the coordinator into a plain table of the same name, and its shards are dropped.{" "}
          <strong>No row is lost.</strong> Queries on it no longer use the workers.
        </>
      }
      confirmLabel="Undistribute"
      danger
      typedWhat="the table's name"
      onStarted={onStarted}
    >
      <DialogSection>
        <Checkbox
          label="Take every table with it that foreign keys tie to it"
          checked={cascade}
          onChange={setCascade}
        />
      </DialogSection>
    </ChangeDialog>
  );
}
