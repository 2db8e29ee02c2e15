"use client";
import { RunFollow } from "@/components/change/run-follow";
import { TitledPanel } from "@/components/ui/panel";
import { SqlBlock } from "@/components/ui/sql-block";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";

type Props = { clusterId: ClusterId; run: Run };

/** Steps, job, problem and effect as they come, and under them the statements of each step. */
export function OperationCourse({ clusterId, run }: Props) {
  const steps = run.steps.filter(({ sql }) => sql.length > 0);
  return (
    <TitledPanel title="What happened" className="flex flex-col">
      <RunFollow clusterId={clusterId} run={run} />
      {steps.length > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-line border-t px-[18px] py-3">
          {steps.map(({ title, sql, state }, position) => (
            <SqlBlock
              // biome-ignore lint/suspicious/noArrayIndexKey: the position is what a step is
              key={position}
              title={state === "waiting" ? `${title}: not sent` : title}
              sql={sql.join("\n\n")}
              login={run.login}
            />
          ))}
        </div>
      )}
    </TitledPanel>
  );
}
