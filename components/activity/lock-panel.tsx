"use client";
import clsx from "clsx";
import { Button } from "@/components/ui/button";
import { TitledPanel } from "@/components/ui/panel";
import type { ActivityPicture } from "@/lib/domain/activity-rows";
import { type ActivityView, toggled } from "@/lib/domain/activity-view";
import { lockSummary, preparedSentence, ringSentence } from "@/lib/domain/lock-sentences";
import type { ClusterNode } from "@/lib/domain/node";
import { LockPicture } from "./lock-picture";
import { LockTable } from "./lock-table";
import type { ChangeView } from "./use-activity-view";

type Props = { picture: ActivityPicture; nodes: readonly ClusterNode[]; view: ActivityView; onChange: ChangeView };

/** Who blocks whom, as a picture or as a table, and what else could hold a lock. */
export function LockPanel({ picture, nodes, view, onChange }: Props) {
  const { graph, activity } = picture;
  const isTable = view.locks === "table";
  const hasWaits = graph.edges.length > 0;
  return (
    <TitledPanel
      title="Lock waits"
      note={lockSummary(graph)}
      actions={
        hasWaits && (
          <Button size="sm" aria-pressed={isTable} onClick={() => onChange({ locks: isTable ? "graph" : "table" })}>
            {isTable ? "Table as graph" : "Graph as table"}
          </Button>
        )
      }
    >
      {hasWaits &&
        (isTable ? (
          <LockTable picture={picture} nodes={nodes} />
        ) : (
          <LockPicture
            picture={picture}
            nodes={nodes}
            chosen={view.session}
            onChoose={(gpid) => onChange({ session: toggled(view.session, gpid) })}
          />
        ))}
      <p className={clsx("px-3 py-2 text-12 text-text-2", hasWaits && "border-line border-t")}>
        {!hasWaits && "No session waits for a lock. "}
        {preparedSentence(activity.prepared)} {ringSentence(graph)} Read every 2 s while this page is open.
      </p>
    </TitledPanel>
  );
}
