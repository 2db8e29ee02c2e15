"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { DialogSection } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Jobs } from "@/lib/domain/job";
import { rebalancePaceActions } from "@/lib/queries/rebalance";

type Props = { clusterId: ClusterId; jobs: Jobs; onClose: () => void };

const CHOICES = [1, 2, 3, 4, 6, 8, 12, 16];

/** How many moves run side by side, for as long as this run lasts. */
export function PaceDialog({ clusterId, jobs, onClose }: Props) {
  const [executors, setExecutors] = useState(jobs.executors ?? 1);
  const [perNode, setPerNode] = useState(jobs.executorsPerNode);
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={rebalancePaceActions}
      input={{ clusterId, executors, executorsPerNode: perNode }}
      title="Change the pace of this run?"
      intro="More moves side by side are sooner over and weigh more on disks and network. What runs now is not interrupted."
      confirmLabel="Change the pace"
      form={
        <DialogSection title="Moves side by side">
          <div className="flex flex-wrap gap-4">
            <Select
              label="In the whole cluster"
              value={String(executors)}
              onChange={(value) => setExecutors(Number(value))}
              options={choices(executors)}
            />
            {perNode !== null && (
              <Select
                label="On one node"
                value={String(perNode)}
                onChange={(value) => setPerNode(Number(value))}
                options={choices(perNode)}
              />
            )}
          </div>
        </DialogSection>
      }
    />
  );
}

/** What is set now is among them, whatever it is. */
function choices(now: number) {
  const values = [...new Set([...CHOICES, now])].toSorted((a, b) => a - b);
  return values.map((value) => ({ value: String(value), label: String(value) }));
}
