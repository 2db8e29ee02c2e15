"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { TransferModeSection } from "@/components/change/transfer-mode";
import { DialogSection } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import type { ClusterId } from "@/lib/domain/cluster";
import { type ClusterPicture, tableName } from "@/lib/domain/cluster-picture";
import type { TransferMode } from "@/lib/domain/node-change";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { shardChanges } from "@/lib/queries/shard-changes";
import { SettledField } from "./settled-field";

type Props = { clusterId: ClusterId; picture: ClusterPicture; group: ShardGroup; onClose: () => void };

/** Which value of which table's distribution column shall have shards of its own. It may lie in any group; the plan says in which. */
export function IsolateDialog({ clusterId, picture, group, onClose }: Props) {
  const [tableOid, setTable] = useState(group.tableOids[0] ?? 0);
  const [value, setValue] = useState("");
  const [mode, setMode] = useState<TransferMode>("auto");
  const table = picture.tables.get(tableOid);
  const column = table?.distributionColumn ?? "the distribution column";
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={shardChanges.isolate}
      input={value === "" ? null : { clusterId, tableOid, value, mode }}
      title={
        <>
          Isolate a tenant of <span className="font-mono">{tableName(picture, tableOid)}</span>?
        </>
      }
      intro={
        <>
          All rows of one value of <span className="font-mono">{column}</span>, in every table of the group, get shards
          of their own. <strong>Citus cannot put them together again.</strong>
        </>
      }
      confirmLabel="Isolate"
      danger
      typedWhat="the table's name"
      blockedBecause={value === "" ? `Give the value of ${column}, and press Enter.` : undefined}
      form={
        <>
          <DialogSection title="Which tenant">
            <div className="flex flex-wrap items-end gap-2">
              <Select
                label="Table"
                mono
                value={String(tableOid)}
                onChange={(oid) => setTable(Number(oid))}
                options={group.tableOids.map((oid) => ({ value: String(oid), label: tableName(picture, oid) }))}
              />
              <SettledField
                label={`Value of ${column}`}
                mono
                value={value}
                onChange={setValue}
                className="min-w-60 flex-1"
              />
            </div>
          </DialogSection>
          <TransferModeSection value={mode} onChange={setMode} />
        </>
      }
    />
  );
}
