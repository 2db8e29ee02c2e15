"use client";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DialogSection } from "@/components/ui/dialog";
import { type NumberedStep, NumberedSteps } from "@/components/ui/numbered-steps";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { type ChangePlan, isOpenRun, type Note, type Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ChangeActions } from "@/lib/queries/changes";
import { OperationLink } from "./operation-link";
import { PlanDifferenceSection } from "./plan-difference-section";
import { ReasonField } from "./reason-field";
import { RunFollow } from "./run-follow";
import { type ChangeState, useChange } from "./use-change";

type Props<Input extends { clusterId: ClusterId }> = {
  open: boolean;
  onClose: () => void;
  clusterId: ClusterId;
  actions: ChangeActions<Input>;
  /** null: the form inside the dialog is not complete; then nothing is asked and `blockedBecause` says what is missing. */
  input: Input | null;
  /** A question that names the object: "Drain worker :55179?" */
  title: ReactNode;
  /** What happens and what does not. */
  intro?: ReactNode;
  /** The deed, as a verb: "Drain". */
  confirmLabel: string;
  /** Where question and deed have numbers of the plan in them: said anew from the plan that is on screen, never from an older one. */
  named?: (plan: ChangePlan) => { title: ReactNode; confirmLabel: string };
  danger?: boolean;
  /** What the typed name is the name of: "the node's address". */
  typedWhat?: string;
  blockedBecause?: string | undefined;
  /** What has to be filled in before there is a plan: sections above the steps (DialogSection). */
  form?: ReactNode;
  /** Where it goes, with capacity: sections below the steps (DialogSection). */
  children?: ReactNode;
  onStarted?: (run: Run) => void;
  width?: number;
};

/**
 * The one dialog for every change: it asks for the plan when it opens, shows the exact statements and what was looked
 * at, takes the confirmation, and then follows the run and the job it started. Closing it stops nothing.
 */
export function ChangeDialog<Input extends { clusterId: ClusterId }>(props: Props<Input>) {
  if (!props.open) return null;
  return <OpenChangeDialog {...props} />;
}

function OpenChangeDialog<Input extends { clusterId: ClusterId }>(props: Props<Input>) {
  const change = useChange(props.clusterId, props.actions, props.input);
  const { plan, run, problem } = change;
  const [reason, setReason] = useState("");
  const { title, confirmLabel } = plan && props.named ? props.named(plan) : props;
  const { onStarted } = props;
  const runId = run?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once per run, not at each of its steps
  useEffect(() => {
    if (run) onStarted?.(run);
  }, [runId]);

  return (
    <ConfirmDialog
      open
      title={run ? <RunTitle label={confirmLabel} run={run} /> : title}
      intro={props.intro}
      confirmLabel={confirmLabel}
      danger={props.danger ?? false}
      busy={change.isStarting}
      problem={problem}
      problemAction={
        problem?.runId !== undefined && <OperationLink clusterId={props.clusterId} runId={problem.runId} />
      }
      blockedBecause={whyOff(props, change)}
      onConfirm={() => change.start(plan?.typed ?? undefined, reason.trim() || undefined)}
      onCancel={props.onClose}
      footnote={run ? <FollowNote clusterId={props.clusterId} run={run} /> : plan && "It is checked again on start."}
      after={run ? <RunFollow clusterId={props.clusterId} run={run} /> : undefined}
      {...(plan && planProps(plan, props.clusterId, props.typedWhat))}
      {...(props.width !== undefined && { width: props.width })}
    >
      {change.difference && <PlanDifferenceSection difference={change.difference} />}
      {props.form}
      {props.input !== null && <PlanSection change={change} />}
      {props.children}
      {plan?.refusal === null && plan.mayStart.allowed && <ReasonField value={reason} onChange={setReason} />}
    </ConfirmDialog>
  );
}

function planProps(plan: ChangePlan, clusterId: ClusterId, typedWhat: string | undefined) {
  const sql = plan.steps.flatMap((step) => step.sql).join("\n\n");
  return {
    ...(sql !== "" && { sql, login: plan.login }),
    notes: plan.notes.map((note) => ({ tone: note.tone, text: <NoteText note={note} clusterId={clusterId} /> })),
    // A change that is refused asks for no typing: it could not start anyway.
    ...(plan.typed !== null && plan.refusal === null && plan.mayStart.allowed && { typed: plan.typed }),
    ...(typedWhat !== undefined && { typedWhat }),
  };
}

function NoteText({ note, clusterId }: { note: Note; clusterId: ClusterId }) {
  return (
    <>
      {note.text}
      {note.detail !== undefined && <span className="text-text-2"> {note.detail}</span>}
      {note.runId !== undefined && (
        <>
          {" "}
          <OperationLink clusterId={clusterId} runId={note.runId} />
        </>
      )}
    </>
  );
}

/** The first thing in the way, in the order in which it is met. */
function whyOff<Input extends { clusterId: ClusterId }>(props: Props<Input>, change: ChangeState): string | undefined {
  if (props.blockedBecause !== undefined) return props.blockedBecause;
  if (change.isPlanning) return "The cluster is being looked at.";
  if (!change.plan) return "There is no plan to confirm. Check again.";
  if (!change.plan.mayStart.allowed) return change.plan.mayStart.because;
  return change.plan.refusal ?? undefined;
}

function RunTitle({ label, run }: { label: string; run: Run }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span>
        {label}: <span className="font-mono">{run.subject}</span>
      </span>
      {run.jobId !== null && <Chip tone="running">job {run.jobId}</Chip>}
    </span>
  );
}

function FollowNote({ clusterId, run }: { clusterId: ClusterId; run: Run }) {
  return (
    <>
      {isOpenRun(run) && "Close this at will; it goes on without the dialog. "}
      <OperationLink clusterId={clusterId} runId={run.id}>
        The page of this operation
      </OperationLink>
    </>
  );
}

/** The steps, how old they are, and the way to have them made again; while there are none yet, their place. */
function PlanSection({ change }: { change: ChangeState }) {
  const { plan, isPlanning } = change;
  const again = (
    <Button size="sm" variant="quiet" icon="refresh" busy={isPlanning} onClick={change.replan}>
      Check again
    </Button>
  );
  const age = plan && !isPlanning && (
    <span className="text-12 text-text-3">
      checked <Time at={change.plannedAt} />
    </span>
  );
  return (
    <DialogSection
      title="What will happen"
      aside={
        <>
          {age}
          {again}
        </>
      }
    >
      {plan && <NumberedSteps steps={plan.steps.map(stepOf)} />}
      {!plan && isPlanning && <PlanSkeleton />}
      {!plan && !isPlanning && <p className="text-text-2">There is no plan.</p>}
    </DialogSection>
  );
}

function stepOf({ title, takes }: ChangePlan["steps"][number]): NumberedStep {
  return { what: title, ...(takes !== undefined && { time: takes }) };
}

function PlanSkeleton() {
  return (
    <div role="status" aria-label="The cluster is being looked at" className="grid gap-2.5 py-1">
      <Skeleton className="h-3 w-72" />
      <Skeleton className="h-3 w-56" />
      <Skeleton className="h-3 w-64" />
    </div>
  );
}
