import "server-only";
import { parseArgs } from "node:util";
import { snapshotOf } from "@/lib/domain/picture-snapshot";
import type { PlannerRules } from "@/lib/domain/planner-rules";
import { listClusters, type Target } from "@/server/clusters";
import { readPicture } from "@/server/jobs/measure";
import { closePools } from "@/server/pg/pools";
import { readPlannerFacts } from "@/server/rebalance/planner-facts";

export const HELP = `shardboard snapshot [--cluster ID] [--strategy NAME]
    Writes a configured cluster's nodes, shards and sizes to standard output, as a file that shardboard plan takes.
    --cluster: needed where several are configured. --strategy: writes what that strategy's own functions say of costs, capacities
    and forbidden places into the file; without it the file holds bytes, and is for the shipped strategies.
    Warnings go to standard error. 0: written; 2: the cluster or the configuration cannot be read.
`;

const OPTIONS = {
  cluster: { type: "string" },
  strategy: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** `shardboard snapshot`. 0: written; 2: the cluster or the configuration cannot be read. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const target = targetNamed(values.cluster);
    const [picture, facts] = await Promise.all([readPicture(target), readPlannerFacts(target)]);
    const rules = values.strategy === undefined ? null : rulesNamed(facts, values.strategy);
    const { snapshot, warnings } = snapshotOf(picture, facts.tableOids, rules);
    for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`);
    process.stdout.write(`${JSON.stringify(snapshot)}\n`);
    return 0;
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 2;
  } finally {
    await closePools();
  }
}

function targetNamed(id: string | undefined): Target {
  const clusters = listClusters();
  const known = clusters.map(({ clusterId }) => clusterId).join(", ");
  if (clusters.length === 0) throw new Error("No cluster is configured: set CITUS_URL, or write a shardboard.yaml.");
  const found = id === undefined ? clusters : clusters.filter(({ clusterId }) => clusterId === id);
  const [target, ...more] = found;
  if (!target) throw new Error(`--cluster must be one of ${known}; it is ${id}.`);
  if (more.length > 0) throw new Error(`Several clusters are configured: --cluster says which. One of ${known}.`);
  return target;
}

function rulesNamed({ strategies }: Awaited<ReturnType<typeof readPlannerFacts>>, name: string): PlannerRules {
  const found = strategies.find((one) => (one.known ? one.rules.name : one.name) === name);
  if (!found) {
    const names = strategies.map((one) => (one.known ? one.rules.name : one.name)).join(", ");
    throw new Error(`--strategy must be one of the cluster's: ${names}. It is ${name}.`);
  }
  if (!found.known) throw new Error(`The functions of ${name} cannot be asked: ${found.because}`);
  return found.rules;
}
