"use client";
import clsx from "clsx";
import { useState } from "react";
import { ScreenHead } from "@/components/shell/screen-head";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { ActivityPicture } from "@/lib/domain/activity-rows";
import { population, shownRows } from "@/lib/domain/activity-view";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterNode } from "@/lib/domain/node";
import { countOf, formatCount } from "@/lib/format/count";
import { ActivityToolbar } from "./activity-toolbar";
import { LiteralsHidden } from "./literals-hidden";
import { LockPanel } from "./lock-panel";
import { MissingSessions } from "./missing-sessions";
import { ReadNow } from "./read-now";
import { SelectionBar } from "./selection-bar";
import { SessionPanel } from "./session-panel";
import { SessionsPanel } from "./sessions-panel";
import { type Signal, SignalDialog } from "./signal-dialog";
import { useActivityView } from "./use-activity-view";
import type { usePaused } from "./use-paused";

type Props = {
  clusterId: ClusterId;
  picture: ActivityPicture;
  nodes: readonly ClusterNode[];
  /** By the reader's clock. */
  readAt: number;
  /** Why literals are hidden; undefined: they are shown. */
  hiddenBecause: string | undefined;
  pause: Pick<ReturnType<typeof usePaused>, "isPaused" | "toggle" | "resume">;
};

export function ActivityBody({ clusterId, picture, nodes, readAt, hiddenBecause, pause }: Props) {
  const [view, change] = useActivityView();
  const [signal, setSignal] = useState<Signal | null>(null);
  const rows = shownRows(picture.rows, view);
  const chosen = view.session.at(-1);
  const newest = chosen !== undefined && picture.sessionOf(chosen) ? chosen : undefined;
  return (
    <>
      <ScreenHead title="Activity" context={contextOf(picture, rows.length)} />
      <ActivityToolbar rows={picture.rows} nodes={nodes} view={view} onChange={change}>
        <ReadNow clusterId={clusterId} readBy={picture.activity.readBy} onRead={pause.resume} />
        <Button icon={pause.isPaused ? "play" : "pause"} aria-pressed={pause.isPaused} onClick={pause.toggle}>
          {pause.isPaused ? "Resume" : "Pause"}
        </Button>
      </ActivityToolbar>
      <MissingSessions activity={picture.activity} nodes={nodes} />
      {hiddenBecause !== undefined && <LiteralsHidden because={hiddenBecause} />}
      <Panel label="Sessions" className="flex-none overflow-hidden">
        <SessionsPanel
          rows={rows}
          all={population(picture.rows, view).length}
          isPartial={picture.activity.answers.some((answer) => !answer.ok)}
          nodes={nodes}
          view={view}
          onChange={change}
          pausedAt={pause.isPaused ? readAt : null}
        />
        {view.session.length > 0 && (
          <SelectionBar
            picture={picture}
            chosen={view.session}
            onSignal={setSignal}
            onClear={() => change({ session: [] })}
          />
        )}
      </Panel>
      <div className={clsx("grid items-start gap-3", newest !== undefined && "xl:grid-cols-[minmax(0,1fr)_420px]")}>
        <LockPanel picture={picture} nodes={nodes} view={view} onChange={change} />
        {newest !== undefined && <SessionPanel picture={picture} gpid={newest} nodes={nodes} />}
      </div>
      <SignalDialog clusterId={clusterId} signal={signal} onClose={() => setSignal(null)} />
    </>
  );
}

/** "121 sessions on 5 nodes, 8 rows shown". With a silent node the number is only a lower bound. */
function contextOf({ rows, activity }: ActivityPicture, shown: number): string {
  const sessions = rows.filter(({ session }) => session.kind === "client").length;
  const answered = activity.answers.filter((answer) => answer.ok).length;
  const asked = activity.answers.length;
  const where = answered === asked ? countOf(asked, "node") : `${answered} of ${countOf(asked, "node")}`;
  const kept = activity.leftOut > 0 ? `, ${formatCount(activity.leftOut)} more on crowded nodes not listed` : "";
  return `${answered < asked || activity.leftOut > 0 ? "at least " : ""}${countOf(sessions, "session")} on ${where}, ${countOf(shown, "row")} shown${kept}`;
}
