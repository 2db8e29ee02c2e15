"use client";
import { useMemo, useState } from "react";
import { BarByNode } from "@/components/charts/bar-by-node";
import { SpreadBar } from "@/components/charts/spread-bar";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { Bytes } from "@/components/ui/quantity";
import { Segmented } from "@/components/ui/segmented";
import { Table, Td, Th } from "@/components/ui/table";
import { Unknown } from "@/components/ui/unknown";
import { loadsOf } from "@/lib/domain/balance";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type ColocationSummary, colocationSummaries } from "@/lib/domain/colocation-summary";
import { skewOf, skewSentence } from "@/lib/domain/skew";
import { amountsOf, spreadOf } from "@/lib/domain/spread";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { routes } from "@/lib/routes";

type Shown = "bytes" | "groups";
const ROWS = 6;

export function BalancePanel({ clusterId, picture }: { clusterId: ClusterId; picture: ClusterPicture }) {
  const [shown, setShown] = useState<Shown>("bytes");
  const loads = useMemo(() => loadsOf(picture), [picture]);
  const summaries = useMemo(() => colocationSummaries(picture), [picture]);
  const skew = skewOf(loads, shown);
  const format = shown === "bytes" ? formatBytes : formatCount;
  const bars = amountsOf(picture, loads, shown);
  return (
    <Panel label="Balance by node">
      <BarByNode
        title="Balance by node"
        aside={
          <Segmented
            label="What is compared"
            value={shown}
            onChange={setShown}
            options={[
              { value: "bytes", label: "Bytes" },
              { value: "groups", label: "Groups" },
            ]}
          />
        }
        bars={bars}
        measure={shown === "bytes" ? "Bytes" : "Shard groups"}
        format={format}
        sentence={skewSentence(skew, picture.names)}
        showSentence
        {...(skew.mean > 0 &&
          !skew.isPartial && {
            mean: { value: skew.mean, label: `mean of ${skew.counted.length}: ${format(Math.round(skew.mean))}` },
          })}
      />
      {summaries.some(({ isReference }) => isReference) && (
        <p className="-mt-1.5 px-3 pb-2 text-11 text-text-3">Reference tables are left out: every node holds them.</p>
      )}
      <ColocationTable picture={picture} clusterId={clusterId} summaries={summaries} />
    </Panel>
  );
}

type TableProps = { picture: ClusterPicture; clusterId: ClusterId; summaries: readonly ColocationSummary[] };

function ColocationTable({ picture, clusterId, summaries }: TableProps) {
  return (
    <div className="border-line border-t">
      <Table label="Colocation groups">
        <thead>
          <tr>
            <Th>Colocation group</Th>
            <Th right>Groups</Th>
            <Th right>Bytes</Th>
            <Th>Spread</Th>
          </tr>
        </thead>
        <tbody>
          {summaries.slice(0, ROWS).map((summary) => (
            <ColocationRow key={summary.id} summary={summary} picture={picture} />
          ))}
        </tbody>
      </Table>
      {summaries.length > ROWS && (
        <LinkButton
          href={routes.balance(clusterId)}
          variant="quiet"
          size="sm"
          className="m-2"
        >{`All ${summaries.length} colocation groups`}</LinkButton>
      )}
    </div>
  );
}

function ColocationRow({ summary, picture }: { summary: ColocationSummary; picture: ClusterPicture }) {
  const { id, groups, tables, bytes, isReference } = summary;
  const spread = useMemo(
    () => spreadOf(picture, loadsOf(picture, { kind: "colocation", colocationId: id })),
    [picture, id],
  );
  return (
    <tr>
      <Td className="max-w-0 truncate" title={tables.join(", ")}>
        <span className="text-text-3">{id === 0 ? "–" : id}</span>{" "}
        <span className="font-mono">
          {tables.slice(0, 2).join(", ")}
          {tables.length > 2 ? `, +${tables.length - 2}` : ""}
        </span>
      </Td>
      <Td right>{formatCount(groups)}</Td>
      <Td right>
        <Bytes value={bytes} unknown="a node did not report its shard sizes" />
      </Td>
      <Td className="w-24">
        {isReference ? (
          <span className="text-text-3">every node</span>
        ) : spread === null ? (
          <Unknown because="a node did not report all its shard sizes" />
        ) : (
          <SpreadBar {...spread} />
        )}
      </Td>
    </tr>
  );
}
