"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ScreenHead } from "@/components/shell/screen-head";
import { LinkButton } from "@/components/ui/link-button";
import { TitledPanel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { useNow } from "@/components/ui/use-now";
import { useUrlParams } from "@/components/ui/use-url-params";
import type { ClusterId } from "@/lib/domain/cluster";
import { SINCE_CHOICES, type SinceChoice, sinceMoment } from "@/lib/domain/moves-since";
import { jobQueries } from "@/lib/queries/jobs";
import { routes } from "@/lib/routes";
import { MovesSince } from "./moves-since";

const LABELS: Record<SinceChoice, string> = {
  monday: "Monday",
  "24h": "24 h",
  "7d": "7 d",
  rebalance: "Last rebalance",
};
const options = SINCE_CHOICES.map((value) => ({ value, label: LABELS[value] }));
/** A beginning that moves with the clock moves by the minute: each is a question of its own. */
const MINUTE_MS = 60_000;

/** What moved since a moment: shard groups, copies, tables, nodes. */
export function MovesScreen({ clusterId }: { clusterId: ClusterId }) {
  const [params, change] = useUrlParams();
  const choice = SINCE_CHOICES.find((one) => one === params.get("since")) ?? "monday";
  const jobs = useQuery(jobQueries.current(clusterId)).data?.data?.jobs;
  const now = useNow();
  const minute = now === null ? null : Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const from = useMemo(
    () => (minute === null ? null : sinceMoment(choice, minute, jobs ?? [])),
    [choice, minute, jobs],
  );
  return (
    <>
      <ScreenHead title="What moved" />
      <TitledPanel
        title="Since"
        actions={
          <LinkButton href={routes.shards(clusterId)} size="sm" icon="arrow-right">
            Open Shards
          </LinkButton>
        }
        note={
          <Segmented
            label="Since"
            value={choice}
            options={options}
            onChange={(since) => change({ since: since === "monday" ? null : since })}
          />
        }
      >
        {minute !== null && (
          <MovesSince clusterId={clusterId} from={from} now={minute} areJobsKnown={jobs !== undefined} />
        )}
      </TitledPanel>
    </>
  );
}
