"use client";
import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/shell/console-frame";
import type { ClusterLabel } from "@/lib/domain/cluster";
import { versionLine } from "@/lib/domain/health";
import { useLiveEvents } from "@/lib/queries/live-events";
import { FrameFreshness } from "./frame-freshness";
import { FrameJob } from "./frame-job";
import { useFrameNumbers } from "./use-frame-numbers";
import { useHealth } from "./use-health";
import { usePaletteEntries } from "./use-palette-entries";

/** The frame around every screen of a cluster, with what it says on all of them: which version, what runs, how fresh, who does not answer. */
export function ClusterFrame({ cluster, children }: { cluster: ClusterLabel; children: ReactNode }) {
  const { id, name } = cluster;
  useLiveEvents(id);
  const health = useHealth(id);
  const numbers = useFrameNumbers(id);
  const entries = usePaletteEntries(id);
  const version = health.data?.data ? { versionLine: versionLine(health.data.data) } : {};
  return (
    <ConsoleFrame
      clusterId={id}
      cluster={{ name, ...version, actor: { name: "local", role: "Everything, from this machine" } }}
      numbers={numbers}
      entries={entries}
      runningJob={<FrameJob clusterId={id} />}
      freshness={<FrameFreshness clusterId={id} />}
    >
      {children}
    </ConsoleFrame>
  );
}
