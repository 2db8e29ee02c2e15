"use client";
import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/shell/console-frame";
import type { ClusterAccess } from "@/lib/domain/access";
import type { ClusterLabel } from "@/lib/domain/cluster";
import { versionLine } from "@/lib/domain/health";
import { useLiveEvents } from "@/lib/queries/live-events";
import { useStillLooking } from "@/lib/queries/still-looking";
import { AccessProvider } from "./access";
import { AuditBanner } from "./audit-banner";
import { ConnectionBanner } from "./connection-banner";
import { FrameFreshness } from "./frame-freshness";
import { FrameJob } from "./frame-job";
import { useFrameNumbers } from "./use-frame-numbers";
import { useHealth } from "./use-health";
import { usePaletteEntries } from "./use-palette-entries";

type Props = {
  value: ClusterAccess;
  /** The person's other clusters, for going from one to the next. */
  others?: readonly ClusterLabel[];
  children: ReactNode;
};

/** The frame around every screen of a cluster, with what it says on all of them: which version, what runs, how fresh, who does not answer. */
export function ClusterFrame({ value, others = [], children }: Props) {
  const { id, name, colour, isReadOnly = false } = value.cluster;
  useLiveEvents(id);
  useStillLooking(id);
  const health = useHealth(id);
  const numbers = useFrameNumbers(id);
  const entries = usePaletteEntries(id);
  const version = health.data?.data ? { versionLine: versionLine(health.data.data) } : {};
  return (
    <AccessProvider value={value}>
      <ConsoleFrame
        clusterId={id}
        cluster={{ name, isReadOnly, ...(colour !== null && { colour }), ...version, actor: value.viewer, others }}
        numbers={numbers}
        entries={entries}
        runningJob={<FrameJob clusterId={id} />}
        freshness={<FrameFreshness clusterId={id} />}
      >
        <AuditBanner clusterId={id} />
        <ConnectionBanner cluster={value.cluster} health={health.data?.data ?? null} />
        {children}
      </ConsoleFrame>
    </AccessProvider>
  );
}
