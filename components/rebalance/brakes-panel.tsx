"use client";
import { useState } from "react";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { NoteLines } from "@/components/ui/note-lines";
import { TitledPanel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { BRAKES, type Brakes, brakeStates, windowSentence } from "@/lib/domain/brakes";
import { ALLOWED, type ClusterId } from "@/lib/domain/cluster";
import { isJobOpen, type Jobs } from "@/lib/domain/job";
import { pageNow } from "@/lib/page-clock";
import { BrakesForm } from "./brakes-form";

type Props = { clusterId: ClusterId; jobs: Jobs };

const TONE = { holds: "ok", tripped: "bad", unknown: "warn" } as const;

/** What stops a run by itself: its limits, how far each value is from there, and what stopped the last one. */
export function BrakesPanel({ clusterId, jobs }: Props) {
  const [isSetting, setSetting] = useState(false);
  const { brakes } = jobs;
  const because = useBecause("rebalance:stop", ALLOWED);
  return (
    <TitledPanel
      title="Brakes"
      note={brakes ? <SetBy brakes={brakes} /> : "nothing stops a run by itself"}
      actions={
        <Button size="sm" because={because} onClick={() => setSetting(!isSetting)} aria-expanded={isSetting}>
          {isSetting ? "Close" : "Set brakes…"}
        </Button>
      }
    >
      {brakes && <Standing brakes={brakes} jobs={jobs} />}
      {isSetting && <BrakesForm clusterId={clusterId} brakes={brakes} onSet={() => setSetting(false)} />}
    </TitledPanel>
  );
}

function SetBy({ brakes }: { brakes: Brakes }) {
  return (
    <>
      set by {brakes.setBy} at <Time at={brakes.setAt} show="date-time" />
    </>
  );
}

function Standing({ brakes, jobs }: { brakes: Brakes; jobs: Jobs }) {
  const isOpen = jobs.jobs.some(isJobOpen);
  const states = brakeStates(brakes.limits, brakes.readings);
  const { tripped, window } = brakes;
  const on = BRAKES.filter((kind) => brakes.limits[kind] !== null).length;
  return (
    <div className="grid gap-2 px-3 py-2.5 text-12">
      {tripped && (
        <p
          role={tripped.failure === null ? "status" : "alert"}
          className="rounded-2 border border-warn bg-warn-weak px-2.5 py-1.5"
        >
          {tripped.failure === null ? (
            <>
              Job {tripped.jobId} was stopped by a brake at <Time at={tripped.at} show="date-time" />. {tripped.reason}{" "}
              What had moved stays moved: look at the new plan above and start it when the cluster can take it.
            </>
          ) : (
            <>
              A brake wanted to stop job {tripped.jobId} and could not. {tripped.reason} {tripped.failure}
            </>
          )}
        </p>
      )}
      {window && <p className="text-text-2">{windowSentence(window, pageNow())}</p>}
      {isOpen ? (
        <NoteLines notes={states.map(({ state, sentence }) => ({ tone: TONE[state], text: sentence }))} />
      ) : (
        on > 0 && <p className="text-text-2">{on} of them look at the cluster as soon as a run goes on.</p>
      )}
    </div>
  );
}
