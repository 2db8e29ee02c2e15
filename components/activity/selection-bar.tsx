"use client";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { mayCancel, mayTerminate, type Session, statusOf, waitersOf } from "@/lib/domain/activity";
import type { ActivityPicture } from "@/lib/domain/activity-rows";
import { ALLOWED, refused, type Verdict } from "@/lib/domain/cluster";
import type { GlobalPid } from "@/lib/domain/global-pid";
import { describeSession, freedSentence, goneSentence } from "@/lib/domain/session-sentences";
import type { Signal } from "./signal-dialog";

type Props = {
  picture: ActivityPicture;
  chosen: readonly GlobalPid[];
  onSignal: (signal: Signal) => void;
  onClear: () => void;
};

/** What is chosen, what ending it would do, and the deeds. */
export function SelectionBar({ picture, chosen, onSignal, onClear }: Props) {
  const sessions = chosen.map((gpid) => picture.sessionOf(gpid));
  const found = sessions.flatMap((session) => session ?? []);
  const becauseCancel = useBecause("activity:cancel", allMay(sessions, mayCancel));
  const becauseTerminate = useBecause("activity:terminate", allMay(sessions, mayTerminate));
  const only = chosen.length === 1 ? chosen[0] : undefined;
  return (
    <section
      aria-label="Chosen sessions"
      className="flex min-h-[34px] flex-wrap items-center gap-x-2 gap-y-1 border-line border-t bg-surface-2 px-3 py-1 text-12 text-text-2"
    >
      <span className="font-semibold text-text-1">{chosen.length} selected</span>
      {only !== undefined && <span className="font-mono">{only}</span>}
      <span aria-live="polite" className="min-w-0 flex-1 truncate">
        {only === undefined ? `${found.length} of them are still there` : sentenceOf(picture, only, found[0])}
      </span>
      <Button size="sm" variant="quiet" onClick={onClear}>
        Clear
      </Button>
      <CopyButton label="SQL" text={found.map((session) => session.query).join(";\n\n")} />
      <Button size="sm" because={becauseCancel} onClick={() => onSignal({ kind: "cancel", globalPids: chosen })}>
        Cancel query
      </Button>
      <Button
        size="sm"
        variant="danger"
        because={becauseTerminate}
        onClick={() => onSignal({ kind: "terminate", globalPids: chosen })}
      >
        Terminate session…
      </Button>
    </section>
  );
}

function sentenceOf({ activity }: ActivityPicture, gpid: GlobalPid, session: Session | undefined): string {
  if (!session) return goneSentence(gpid);
  const who = describeSession(session, statusOf(session, waitersOf(activity.waits)));
  const freed = freedSentence(activity.waits, gpid, "terminate");
  return freed === null ? `${who}.` : `${who}. ${freed}`;
}

function allMay(sessions: readonly (Session | undefined)[], rule: (session: Session) => Verdict): Verdict {
  for (const session of sessions) {
    if (!session) return refused(sessions.length === 1 ? "The session is gone." : "One of the sessions is gone.");
    const verdict = rule(session);
    if (!verdict.allowed) return verdict;
  }
  return ALLOWED;
}
