"use client";
import type { ReactNode } from "react";
import { runLook } from "@/components/change/run-look";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import type { Run } from "@/lib/domain/change";
import { changeWords } from "@/lib/domain/change-words";
import type { ClusterId } from "@/lib/domain/cluster";
import { formatDuration } from "@/lib/format/duration";
import { routes } from "@/lib/routes";
import { RepeatButton } from "./repeat-button";

type Props = { clusterId: ClusterId; run: Run; back: ReactNode };

/** What it was, how it stands, who started it and when; and what can be done about it. */
export function OperationHead({ clusterId, run, back }: Props) {
  const { tone, word } = runLook(run);
  const took = run.finishedAt === null ? null : formatDuration((run.finishedAt - run.startedAt) / 1000);
  return (
    <Panel label="Operation" className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3.5">
      <div className="min-w-0 flex-1 basis-96">
        <h2 className="break-words text-18">
          {changeWords(run.change)} <span className="font-mono">{run.subject}</span>
        </h2>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-12 text-text-2">
          <StatusWord tone={tone}>{word}</StatusWord>
          <span>
            started by <strong className="font-semibold text-text-1">{run.actor}</strong>{" "}
            <Time at={run.startedAt} show="date-time" />
            {took !== null && `, took ${took}`}
          </span>
          <span>
            as <span className="font-mono">{run.login}</span>
          </span>
        </p>
        {run.reason !== null && <p className="mt-1 break-words text-12">Reason: {run.reason}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {back}
        <LinkButton href={routes.auditOf(clusterId, run.id)} size="sm">
          Records in the audit
        </LinkButton>
        <RepeatButton clusterId={clusterId} run={run} />
      </div>
    </Panel>
  );
}
