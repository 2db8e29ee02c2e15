"use client";
import { useState } from "react";
import { usePresent } from "@/components/live/past";
import { Button } from "@/components/ui/button";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { Select } from "@/components/ui/select";
import { StatusWord } from "@/components/ui/status-word";
import { type ClusterPicture, tableName } from "@/lib/domain/cluster-picture";
import { compareExact } from "@/lib/domain/exact-comparison";
import type { ExactShardsOf } from "@/lib/domain/shard";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { countOf } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import type { ExactAsk } from "./group-panel";

type Props = { picture: ClusterPicture; group: ShardGroup; exact: ExactAsk };

/** The console's sizes are seconds old and its own; here Citus is asked for its, for one table or one node. */
export function ExactSection({ picture, group, exact }: Props) {
  const choices = choicesOf(picture, group);
  const [chosen, setChosen] = useState<string>();
  const present = usePresent();
  const choice = choices.find((one) => one.value === chosen) ?? choices[0];
  return (
    <section aria-label="Measured by Citus" className="flex flex-col gap-2 border-line border-t pt-3">
      <h3 className="text-12">Measured by Citus</h3>
      <div className="flex items-center gap-1.5">
        <Select
          label="What Citus measures"
          hideLabel
          mono
          className="min-w-0 flex-1"
          value={choice?.value ?? ""}
          options={choices}
          onChange={setChosen}
        />
        <Button
          icon="refresh"
          busy={exact.isPending}
          because={present.allowed ? undefined : present.because}
          onClick={() => choice && exact.ask(choice.of)}
        >
          Read now
        </Button>
      </div>
      <p className="text-12 text-text-3">
        Citus measures all {countOf(picture.topology.shards.count, "shard")} of the cluster to answer, so this is asked
        by hand only.
      </p>
      {exact.problem && <ProblemBanner problem={exact.problem} tone="warn" />}
      {exact.result && !exact.problem && <Result picture={picture} exact={exact} />}
    </section>
  );
}

type Choice = { value: string; label: string; of: ExactShardsOf };

function choicesOf(picture: ClusterPicture, group: ShardGroup): Choice[] {
  const tables = group.tableOids.map((tableOid) => ({
    value: `table ${tableOid}`,
    label: tableName(picture, tableOid),
    of: { kind: "table" as const, tableOid },
  }));
  const nodes = picture.primaries
    .filter((node) => group.groupIds.includes(node.groupId))
    .map((node) => ({
      value: `node ${node.id}`,
      label: `all on ${picture.names.get(node.id)}`,
      of: { kind: "node" as const, nodeId: node.id },
    }));
  return [...tables, ...nodes];
}

function Result({ picture, exact }: { picture: ClusterPicture; exact: ExactAsk }) {
  if (!exact.result) return null;
  const { of, tookMs, warnings } = exact.result;
  const { same, differ, unknown, sentence } = compareExact(picture, exact.result);
  const what =
    of.kind === "table"
      ? tableName(picture, of.tableOid)
      : picture.names.get(picture.nodes.find((node) => node.id === of.nodeId)?.id ?? of.nodeId);
  return (
    <div role="status" className="flex flex-col gap-1 text-12">
      <StatusWord tone={unknown > 0 ? "warn" : differ > 0 ? "info" : "ok"} className="whitespace-normal!">
        {sentence}
      </StatusWord>
      <p className="text-text-3">
        {what}: {countOf(same + differ + unknown, "placement")} in {formatDuration(tookMs / 1000)}
      </p>
      {warnings.length > 0 && (
        <details className="text-11 text-text-2">
          <summary className="w-fit py-1">What Citus says</summary>
          {warnings.map((warning) => (
            <p key={warning} className="break-words font-mono">
              {warning}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}
