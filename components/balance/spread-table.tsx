"use client";
import { useMemo, useState } from "react";
import { SpreadBar } from "@/components/charts/spread-bar";
import { TitledPanel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Unknown } from "@/components/ui/unknown";
import { type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import { loadsOf, type NodeLoad } from "@/lib/domain/balance";
import { colocationChoices, type ScopeChoice, tableChoices } from "@/lib/domain/balance-scope";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type Skew, skewOf } from "@/lib/domain/skew";
import { spreadOf } from "@/lib/domain/spread";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { SkewNumber } from "./balance-verdict";

type Props = { picture: ClusterPicture; chosen: string; onChoose: (name: string) => void };
type Row = { choice: ScopeChoice; loads: readonly NodeLoad[]; bytes: Skew; shards: Skew; total: number };

/** Every colocation group or table with its own skew: an even cluster may hold an uneven table. */
export function SpreadTable({ picture, chosen, onChoose }: Props) {
  const [kind, setKind] = useState<"colocation" | "table">("colocation");
  const rows = useMemo(() => {
    const choices = kind === "colocation" ? colocationChoices(picture) : tableChoices(picture);
    return choices.map((choice) => rowOf(picture, choice)).sort((a, b) => b.total - a.total);
  }, [picture, kind]);
  return (
    <TitledPanel
      title="Spread"
      note="largest first; a row shows its own balance above"
      actions={
        <Segmented
          label="Rows"
          value={kind}
          options={[
            { value: "colocation", label: "Colocation groups" },
            { value: "table", label: "Tables" },
          ]}
          onChange={setKind}
        />
      }
    >
      <VirtualTable
        label={kind === "colocation" ? "Spread by colocation group" : "Spread by table"}
        rows={rows}
        columns={columnsFor(picture, kind)}
        rowKey={(row) => row.choice.name}
        selectedKey={chosen}
        onOpen={(row) => onChoose(row.choice.name === chosen ? "cluster" : row.choice.name)}
        className="max-h-80"
        minWidth={560}
      />
    </TitledPanel>
  );
}

function rowOf(picture: ClusterPicture, choice: ScopeChoice): Row {
  const loads = loadsOf(picture, choice.scope);
  const total = loads.reduce((sum, load) => sum + load.bytes, 0);
  return { choice, loads, total, bytes: skewOf(loads, "bytes"), shards: skewOf(loads, "shards") };
}

function columnsFor(picture: ClusterPicture, kind: "colocation" | "table"): VirtualColumn<Row>[] {
  return [
    {
      id: "name",
      head: kind === "colocation" ? "Colocation group" : "Table",
      mono: true,
      cell: (row) => <span title={row.choice.label}>{row.choice.label}</span>,
    },
    {
      id: "shards",
      head: "Shards",
      width: "84px",
      right: true,
      cell: (row) => formatCount(row.loads.reduce((sum, load) => sum + load.shards, 0)),
    },
    { id: "bytes", head: "Bytes", width: "132px", right: true, cell: (row) => totalOf(row) },
    { id: "spread", head: "Spread", width: "160px", cell: (row) => <Spread picture={picture} loads={row.loads} /> },
    {
      id: "skewShards",
      head: "Skew, shards",
      width: "104px",
      right: true,
      cell: (row) => <SkewNumber skew={row.shards} />,
    },
    {
      id: "skewBytes",
      head: "Skew, bytes",
      width: "104px",
      right: true,
      cell: (row) => <SkewNumber skew={row.bytes} />,
    },
  ];
}

function totalOf({ total, bytes }: Row): string {
  return bytes.isPartial ? `at least ${formatBytes(total)}` : formatBytes(total);
}

function Spread({ picture, loads }: { picture: ClusterPicture; loads: readonly NodeLoad[] }) {
  const spread = spreadOf(picture, loads);
  if (spread === null) return <Unknown because="a node did not report all its shard sizes" />;
  return <SpreadBar {...spread} />;
}
