"use client";
import { Button } from "@/components/ui/button";
import { problemOf } from "@/components/ui/query-state";
import { SrOnly } from "@/components/ui/sr-only";
import { Tooltip } from "@/components/ui/tooltip";
import type { Activity } from "@/lib/domain/activity";
import type { ClusterId } from "@/lib/domain/cluster";
import { useReadActivityNow } from "@/lib/queries/activity";

type Props = { clusterId: ClusterId; readBy: Activity["readBy"]; onRead: () => void };

/** Asks Citus' own views once; everybody who looks at this screen sees the answer. */
export function ReadNow({ clusterId, readBy, onRead }: Props) {
  const reading = useReadActivityNow(clusterId);
  const problem = reading.error ? problemOf(reading.error) : null;
  return (
    <>
      <Tooltip text={problem ? problem.detail : "Reads citus_stat_activity and citus_lock_waits once, for everybody"}>
        <Button
          icon="refresh"
          busy={reading.isPending}
          onClick={() => reading.mutate(undefined, { onSuccess: onRead })}
        >
          {problem ? "Read failed" : "Read now"}
        </Button>
      </Tooltip>
      <SrOnly aria-live="polite">{readBy === "views" ? "Read from citus_stat_activity." : ""}</SrOnly>
    </>
  );
}
