"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import type { Run } from "@/lib/domain/change";
import { changeWords } from "@/lib/domain/change-words";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { mayRepeat, repeatRight } from "@/lib/domain/repeat";
import { actionsOf } from "@/lib/queries/runs";

type Props = { clusterId: ClusterId; run: Run };

/** The same question once more, with a plan made anew. Of an operation that went well there is nothing to try again. */
export function RepeatButton({ clusterId, run }: Props) {
  const right = repeatRight(run.change);
  if (right === null || run.state === "succeeded") return null;
  return <Repeat clusterId={clusterId} run={run} right={right} />;
}

function Repeat({ clusterId, run, right }: Props & { right: Permission }) {
  const [isOpen, setOpen] = useState(false);
  const because = useBecause(right, mayRepeat(run));
  const actions = actionsOf(run.change);
  if (!actions) return null;
  return (
    <>
      <Button size="sm" icon="refresh" because={because} onClick={() => setOpen(true)}>
        Try again…
      </Button>
      <ChangeDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        clusterId={clusterId}
        actions={actions}
        input={{ ...run.input, clusterId }}
        title={
          <>
            {changeWords(run.change)} <span className="font-mono">{run.subject}</span> once more?
          </>
        }
        intro="The same is asked for again. The plan below is made from the cluster as it is now, not from then."
        confirmLabel={changeWords(run.change)}
        typedWhat="the object's name"
        danger
      />
    </>
  );
}
