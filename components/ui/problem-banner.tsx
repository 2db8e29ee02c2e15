import clsx from "clsx";
import type { ReactNode } from "react";
import { ERROR_SENTENCES, type Problem } from "@/lib/errors";
import { Icon } from "./icon";
import { SqlBlock } from "./sql-block";

type Props = {
  problem: Problem;
  /** What this failure means here: "The list below is from 00:33:51." Only the screen knows it. */
  consequence?: ReactNode;
  /** The button that does the next step. */
  action?: ReactNode;
  /** "bad" for a deed that failed; "warn" when old values stay and the console keeps trying. */
  tone?: "bad" | "warn";
  className?: string;
};

/** What happened, what it means here, what to do next; the server's own words are folded below. */
export function ProblemBanner({ problem, consequence, action, tone = "bad", className }: Props) {
  const sentence = ERROR_SENTENCES[problem.code];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={clsx(
        "grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 rounded-2 border px-3 py-2.5",
        tone === "bad" ? "border-bad bg-bad-weak" : "border-warn bg-warn-weak",
        className,
      )}
    >
      <Icon name={tone} className={clsx("mt-px size-4", tone === "bad" ? "text-bad" : "text-warn")} />
      <div className="min-w-0">
        <p className="font-medium">{sentence.title}</p>
        <p className="break-words text-12">{problem.detail}</p>
        {consequence !== undefined && <p className="text-12 text-text-2">{consequence}</p>}
        <p className="text-12 text-text-2">{sentence.nextStep}</p>
        {problem.remedy !== undefined && <SqlBlock sql={problem.remedy} />}
        <ServerWords problem={problem} />
      </div>
      {action !== undefined && <div>{action}</div>}
    </div>
  );
}

function ServerWords({ problem }: { problem: Problem }) {
  return (
    <details className="mt-1 text-11 text-text-2">
      <summary className="w-fit py-1">Details</summary>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 font-mono">
        <Line term="SQLSTATE" text={problem.sqlState} />
        <Line term="DETAIL" text={problem.serverDetail} />
        <Line term="HINT" text={problem.serverHint} />
        <Line term="code" text={problem.code} />
        <Line term="trace" text={problem.traceId} />
      </dl>
    </details>
  );
}

function Line({ term, text }: { term: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd className="break-words text-text-1">{text}</dd>
    </>
  );
}
