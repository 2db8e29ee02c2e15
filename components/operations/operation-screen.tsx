"use client";
import { ScreenHead } from "@/components/shell/screen-head";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { SkeletonRows } from "@/components/ui/skeleton";
import { changeWords } from "@/lib/domain/change-words";
import type { ClusterId } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";
import { OperationConfirmed } from "./operation-confirmed";
import { OperationCourse } from "./operation-course";
import { OperationHead } from "./operation-head";
import { useOperation } from "./use-operation";

type Props = { clusterId: ClusterId; runId: string };

/** One operation from the confirmation to its end, for as long as the console keeps it. */
export function OperationScreen({ clusterId, runId }: Props) {
  const { run, problem } = useOperation(clusterId, runId);
  const back = (
    <LinkButton href={routes.operations(clusterId)} size="sm">
      All operations
    </LinkButton>
  );
  if (!run)
    return (
      <>
        <ScreenHead title="Operation" />
        {problem ? (
          <>
            <ProblemBanner problem={problem} />
            <div>{back}</div>
          </>
        ) : (
          <Panel>
            <SkeletonRows rows={8} label="The operation is being read" />
          </Panel>
        )}
      </>
    );
  return (
    <>
      <ScreenHead title="Operation" context={`${changeWords(run.change)} ${run.subject}`} />
      <OperationHead clusterId={clusterId} run={run} back={back} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <OperationCourse clusterId={clusterId} run={run} />
        <OperationConfirmed clusterId={clusterId} run={run} />
      </div>
    </>
  );
}
