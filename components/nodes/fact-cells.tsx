import { Icon } from "@/components/ui/icon";
import { SrOnly } from "@/components/ui/sr-only";
import { Unknown } from "@/components/ui/unknown";
import { NO_DISK_STATS, type NodeFacts } from "@/lib/domain/node-facts";
import type { NodeRow } from "@/lib/domain/node-rows";
import { silenceWords } from "@/lib/domain/node-state";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";

type Props = { row: NodeRow; areAsked: boolean };

/** Why what a node says about itself is not known. */
function whyUnknown({ row, areAsked }: Props): string {
  if (row.answer && !row.answer.ok) return row.answer.problem.detail;
  return areAsked ? "it joined after the last reading" : "the nodes have not been asked yet";
}

function factsOf({ answer }: NodeRow): NodeFacts | null {
  return answer?.ok ? answer.value : null;
}

/** Whether it answered, how fast, and by which way: straight from here, or through the coordinator. */
export function ReachedCell(props: Props) {
  const { answer } = props.row;
  if (!answer) return <Unknown because={whyUnknown(props)} />;
  if (!answer.ok) {
    return (
      <span className="block max-w-36 truncate text-bad" title={answer.problem.detail}>
        {silenceWords(answer.problem.detail)}
        <SrOnly>: {answer.problem.detail}</SrOnly>
      </span>
    );
  }
  return (
    <span>
      in {formatDuration(answer.tookMs / 1000)}
      {answer.by === "coordinator" && <span className="text-text-3"> by coordinator</span>}
    </span>
  );
}

export function ConnectionsCell(props: Props) {
  const facts = factsOf(props.row);
  if (!facts) return <Unknown because={whyUnknown(props)} />;
  return (
    <span>
      {facts.connectionsUsed} <span className="text-text-3">/ {facts.connectionsMax}</span>
    </span>
  );
}

export function PostgresCell(props: Props) {
  const facts = factsOf(props.row);
  if (!facts) return <Unknown because={whyUnknown(props)} />;
  return <Version text={facts.postgresVersion.split(" ")[0] ?? ""} row={props.row} of="postgres" />;
}

export function CitusCell(props: Props) {
  const facts = factsOf(props.row);
  if (!facts) return <Unknown because={whyUnknown(props)} />;
  return <Version text={facts.citusVersion.replace(/^Citus /, "")} row={props.row} of="citus" />;
}

/** A version that differs from the coordinator's is marked, with what is there and what is here. */
function Version({ text, row, of }: { text: string; row: NodeRow; of: "postgres" | "citus" }) {
  const difference = row.differences.find((candidate) => candidate.of === of);
  if (!difference) return text;
  return (
    <span className="inline-flex items-center gap-1 text-warn" title={difference.sentence}>
      <Icon name="warn" className="size-3.5" />
      {text}
      <SrOnly>: {difference.sentence}</SrOnly>
    </span>
  );
}

export function DiskCell(props: Props) {
  const facts = factsOf(props.row);
  if (!facts) return <Unknown because={whyUnknown(props)} />;
  const { diskFreeBytes, diskTotalBytes } = facts;
  if (diskFreeBytes === null || !diskTotalBytes) return <Unknown because={NO_DISK_STATS} />;
  return (
    <span>
      {formatBytes(diskFreeBytes)} <span className="text-text-3">{formatPercent(diskFreeBytes / diskTotalBytes)}</span>
    </span>
  );
}
