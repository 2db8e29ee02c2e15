"use client";
import { useState } from "react";
import { useMay } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";
import { Time } from "@/components/ui/time";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { useCloseUnknownRun } from "@/lib/queries/close-run";

type Props = { clusterId: ClusterId; run: Run };

/** Where the console could not find out how a run ended: who looked and what they found, or the place to say so. */
export function CloseUnknown({ clusterId, run }: Props) {
  if (run.closed)
    return (
      <DialogSection>
        <p className="text-12">
          Closed by {run.closed.by}, <Time at={run.closed.at} show="date-time" />: {run.closed.remark}
        </p>
      </DialogSection>
    );
  return <CloseForm clusterId={clusterId} run={run} />;
}

function CloseForm({ clusterId, run }: Props) {
  const [remark, setRemark] = useState("");
  const may = useMay("run:close");
  const closing = useCloseUnknownRun(clusterId, run.id);
  const missing = remark.trim().length < 3 ? "Say what you found." : undefined;
  return (
    <DialogSection title="It needs a person">
      {closing.error && <ProblemBanner problem={problemOf(closing.error)} className="mb-2" />}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (may.allowed && missing === undefined && !closing.isPending) closing.mutate(remark.trim());
        }}
      >
        <TextField
          className="flex-1"
          label="What you found on the cluster"
          maxLength={1_000}
          value={remark}
          onChange={setRemark}
        />
        <Button type="submit" because={may.allowed ? missing : may.because} busy={closing.isPending}>
          Close it
        </Button>
      </form>
    </DialogSection>
  );
}
