"use client";
import type { ClusterId } from "@/lib/domain/cluster";
import type { TableRow } from "@/lib/domain/table-rows";
import { DistributeDialog } from "./distribute-dialog";
import { ReferenceDialog } from "./reference-dialog";
import { TruncateDialog } from "./truncate-dialog";
import { UndistributeDialog } from "./undistribute-dialog";

export type OpenDialog = { kind: "distribute" | "reference" | "undistribute" | "truncate"; row: TableRow };
export type TableDialogProps = { clusterId: ClusterId; row: TableRow; onStarted: () => void; onClose: () => void };

type Props = Omit<TableDialogProps, "row"> & { dialog: OpenDialog };

/** The dialog that was asked for. The row is the one that was clicked: the table may have become another kind since. */
export function TableDialog({ dialog, ...rest }: Props) {
  const props = { ...rest, row: dialog.row };
  switch (dialog.kind) {
    case "distribute":
      return <DistributeDialog {...props} />;
    case "reference":
      return <ReferenceDialog {...props} />;
    case "undistribute":
      return <UndistributeDialog {...props} />;
    case "truncate":
      return <TruncateDialog {...props} />;
  }
}
