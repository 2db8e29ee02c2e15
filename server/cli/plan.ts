import "server-only";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type ClusterSnapshot, parseSnapshot } from "@/lib/domain/cluster-snapshot";
import { shippedStrategySchema } from "@/lib/domain/shipped-strategies";
import { planSnapshot, type SnapshotWish } from "@/lib/domain/snapshot-plan";
import { calledFrom } from "@/server/env";
import { planReport } from "./plan-report";

export const HELP = `shardboard plan <snapshot.json|-> [--strategy by_disk_size|by_shard_count] [--threshold T] [--improvement-threshold I]
                [--max-moves M] [--drain-only] [--add-nodes N] [--drain NODE_ID]… [--json]
    What a rebalance of the cluster in the file would move, by Citus' own algorithm. Needs no cluster and no configuration.
    --strategy: by_disk_size when nothing is said. --threshold, --improvement-threshold: the strategy's own when nothing is said
    (by_disk_size 0.1 and 0.5, by_shard_count 0 and 0). --max-moves: 1000000 when nothing is said.
    --drain-only: moves only what lies where it may not be.
    --add-nodes: N more nodes of capacity 1; their ids follow the highest one of the file, their hosts are new-1, new-2, …
    --drain: plans as if that node may hold no shards.
    --json: {"moves":[{"shardId","from","to","bytes"}],"before":[{"nodeId","shardGroups","bytes","cost","utilization"}],"after":[…]}
    The answer goes to standard output, warnings to standard error. 0: planned; 2: the file or the question is wrong.
    The format of the file: docs/planner.md. shardboard snapshot writes one from a cluster.
`;

const OPTIONS = {
  strategy: { type: "string", default: "by_disk_size" },
  threshold: { type: "string" },
  "improvement-threshold": { type: "string" },
  "max-moves": { type: "string" },
  "drain-only": { type: "boolean", default: false },
  "add-nodes": { type: "string" },
  drain: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;
type Values = ReturnType<typeof parse>["values"];

/** What is wrong with the question or the file, in a sentence for whoever asked. */
class Wrong extends Error {}

/** `shardboard plan …`. 0: planned; 2: the file or the question is wrong. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { positionals, values } = parse(args);
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      process.stderr.write(HELP);
      return 2;
    }
    const wish = wishOf(values);
    const snapshot = changed(readSnapshot(file), values);
    const { answer, warnings } = planSnapshot(snapshot, wish);
    for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`);
    process.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : planReport(snapshot, wish, answer));
    return 0;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    return 2;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function wishOf(values: Values): SnapshotWish {
  const strategy = shippedStrategySchema.safeParse(values.strategy);
  if (!strategy.success) {
    throw new Wrong(
      `--strategy must be ${shippedStrategySchema.options.join(" or ")}; it is ${values.strategy}. Another strategy's costs stand in the file, as cost.`,
    );
  }
  return {
    strategy: strategy.data,
    threshold: numberOf(values, "threshold"),
    improvementThreshold: numberOf(values, "improvement-threshold"),
    maxMoves: wholeOf(values, "max-moves"),
    drainOnly: values["drain-only"],
  };
}

function numberOf(values: Values, name: "threshold" | "improvement-threshold" | "max-moves" | "add-nodes") {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Wrong(`--${name} must be a number of 0 or more; it is ${text}.`);
  return value;
}

function wholeOf(values: Values, name: "max-moves" | "add-nodes") {
  const value = numberOf(values, name);
  if (value !== undefined && !Number.isSafeInteger(value)) {
    throw new Wrong(`--${name} must be a whole number; it is ${values[name]}.`);
  }
  return value;
}

function readSnapshot(file: string): ClusterSnapshot {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file === "-" ? 0 : whereIs(file), "utf8"));
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new Wrong(`${file} ${cause instanceof SyntaxError ? "is not JSON" : "cannot be read"}: ${cause.message}`);
  }
  const parsed = parseSnapshot(value);
  if ("wrong" in parsed) throw new Wrong(`${file}: ${parsed.wrong}`);
  return parsed.snapshot;
}

function whereIs(file: string): string {
  const called = resolve(calledFrom(), file);
  return existsSync(called) ? called : resolve(file);
}

/** More than this is a slip of the finger. */
const MOST_NEW_NODES = 10_000;

function changed(snapshot: ClusterSnapshot, values: Values): ClusterSnapshot {
  const count = wholeOf(values, "add-nodes") ?? 0;
  if (count > MOST_NEW_NODES) throw new Wrong(`--add-nodes must be at most ${MOST_NEW_NODES}; it is ${count}.`);
  const drained = new Set((values.drain ?? []).map((text) => drainedId(snapshot, text)));
  const highest = snapshot.nodes.reduce((most, node) => Math.max(most, node.id), 0);
  return {
    ...snapshot,
    nodes: [
      ...snapshot.nodes.map((node) => (drained.has(node.id) ? { ...node, shouldHaveShards: false } : node)),
      ...Array.from({ length: count }, (_, index) => ({
        id: highest + index + 1,
        host: `new-${index + 1}`,
        port: 5432,
      })),
    ],
  };
}

function drainedId({ nodes }: ClusterSnapshot, text: string): number {
  const node = nodes.find(({ id }) => String(id) === text);
  if (!node) throw new Wrong(`--drain must be the id of a node of the file; no node has ${text}.`);
  return node.id;
}
