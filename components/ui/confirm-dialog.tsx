"use client";
import { type ReactNode, useState } from "react";
import type { Problem } from "@/lib/errors";
import { ConfirmFooter } from "./confirm-footer";
import { Dialog, DialogSection } from "./dialog";
import { type NoteLine, NoteLines } from "./note-lines";
import { type NumberedStep, NumberedSteps } from "./numbered-steps";
import { ProblemBanner } from "./problem-banner";
import { SqlBlock } from "./sql-block";
import { isTyped, TypedName } from "./typed-name";

export type ConfirmDialogProps = {
  open: boolean;
  /** A question that names the object: "Drain worker :55179?" */
  title: ReactNode;
  /** What happens and what does not. */
  intro?: ReactNode;
  steps?: readonly NumberedStep[];
  /** Where it goes, with capacity: sections of the dialog (use DialogSection). */
  children?: ReactNode;
  /** The exact statements, and the login they run under. */
  sql?: string;
  login?: string;
  notes?: readonly NoteLine[];
  /** What must be typed before the button goes on, and what it is the name of ("the table's name"). */
  typed?: string | undefined;
  typedWhat?: string;
  /** The deed, as a verb: "Drain and remove". Never "OK". */
  confirmLabel: string;
  danger?: boolean;
  blockedBecause?: string | undefined;
  busy?: boolean;
  problem?: Problem | null | undefined;
  /** What can be done about the problem. */
  problemAction?: ReactNode;
  /** Stands left in the footer: "The plan is 8 s old and is checked again on start." */
  footnote?: ReactNode;
  onConfirm: () => void;
  onCancel: () => void;
  /** After the click the same dialog follows the job: this takes the place of the question. */
  after?: ReactNode;
  width?: number;
};

/**
 * The one way to ask before changing a cluster. Everything is reset when it closes, so a name typed once does not
 * arm the next question.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  if (!props.open) return null;
  return <OpenConfirmDialog {...props} />;
}

function OpenConfirmDialog(props: ConfirmDialogProps) {
  const [typedText, setTypedText] = useState("");
  const isFollowing = props.after !== undefined && props.after !== null;
  const blockedBecause = whyOff(props, typedText);
  return (
    <Dialog
      open
      onClose={props.onCancel}
      title={props.title}
      intro={isFollowing ? undefined : props.intro}
      {...(props.width !== undefined && { width: props.width })}
      footer={
        <ConfirmFooter
          label={props.confirmLabel}
          danger={props.danger ?? false}
          because={blockedBecause}
          busy={props.busy ?? false}
          footnote={props.footnote}
          isFollowing={isFollowing}
          onConfirm={props.onConfirm}
          onCancel={props.onCancel}
        />
      }
    >
      {isFollowing ? props.after : <Question {...props} typedText={typedText} onTyped={setTypedText} />}
    </Dialog>
  );
}

/** The first thing in the way, in the order the reader meets it. */
function whyOff({ blockedBecause, typed, typedWhat }: ConfirmDialogProps, typedText: string): string | undefined {
  if (blockedBecause !== undefined) return blockedBecause;
  if (typed !== undefined && !isTyped(typedText, typed)) return `Type ${typedWhat ?? "the cluster's name"} first.`;
  return undefined;
}

type QuestionProps = ConfirmDialogProps & { typedText: string; onTyped: (text: string) => void };

function Question({
  steps,
  children,
  sql,
  login,
  notes,
  typed,
  typedWhat,
  problem,
  problemAction,
  typedText,
  onTyped,
}: QuestionProps) {
  const hasNotes = notes !== undefined && notes.length > 0;
  return (
    <>
      {problem && (
        <DialogSection>
          <ProblemBanner problem={problem} action={problemAction} />
        </DialogSection>
      )}
      {steps && (
        <DialogSection title="What will happen">
          <NumberedSteps steps={steps} />
        </DialogSection>
      )}
      {children}
      {(sql !== undefined || hasNotes) && (
        <DialogSection>
          {sql !== undefined && <SqlBlock sql={sql} {...(login !== undefined && { login })} />}
          {hasNotes && (
            <div className={sql === undefined ? undefined : "mt-2"}>
              <NoteLines notes={notes} />
            </div>
          )}
        </DialogSection>
      )}
      {typed !== undefined && (
        <DialogSection>
          <TypedName
            name={typed}
            value={typedText}
            onChange={onTyped}
            {...(typedWhat !== undefined && { what: typedWhat })}
          />
        </DialogSection>
      )}
    </>
  );
}
