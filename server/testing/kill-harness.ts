import "server-only";
import { createInterface } from "node:readline";
import { z } from "zod";
import { actionIdSchema } from "@/lib/domain/action-id";
import { connectSandbox } from "@/sandbox/connect";
import type { Change } from "@/server/changes/define";
import { previewOf } from "@/server/changes/preview";
import type { Target } from "@/server/clusters";
import { drainNode } from "@/server/nodes/changes/drain-node";
import { closeNode, openNode } from "@/server/nodes/changes/may-hold-shards";
import { followedRuns } from "@/server/runs/followed";
import { submit } from "@/server/runs/submit";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { openSqlite } from "@/server/store/sqlite";
import { distributeTable } from "@/server/tables/distribute";
import { TESTER } from "./do-change";
import { killPoints, sessionsWithPoints, withPoints } from "./kill-points";
import { sandboxTarget } from "./sandbox-target";

/**
 * A console of one action, as a process of its own that can be killed at any point of it. Reads one order as a line of JSON, does it by
 * the whole protocol (plan, confirmation, intent, statements, effect, outcome), and says "done" with how it ended.
 */
const orderSchema = z.object({
  sandbox: z.string(),
  state: z.string(),
  actionId: actionIdSchema,
  change: z.string(),
  input: z.record(z.string(), z.json()),
  kill: z.object({ at: z.union([z.int(), z.string()]), lateMs: z.number() }),
});
export type HarnessOrder = z.input<typeof orderSchema>;

const KNOWN = [openNode, closeNode, drainNode, distributeTable] as const;
const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };

async function obey(line: string): Promise<void> {
  const order = orderSchema.parse(JSON.parse(line));
  const database = openSqlite(order.state, "FULL");
  await migrate(database, STATE_MIGRATIONS);
  const pass = killPoints(order.kill);
  holder.__shardboardState = Promise.resolve(withPoints(database, pass));
  sessionsWithPoints(pass);
  const target = sandboxTarget(connectSandbox(order.sandbox));
  const found = KNOWN.find((one) => one.name === order.change);
  if (!found) throw new Error(`no change ${order.change}`);
  // Each knows its own input; what comes is parsed by its own schema.
  await act(found as unknown as Change<{ clusterId: Target["clusterId"] }>, target, order);
  process.stdout.write("done\n", () => process.exit(0));
}

async function act(
  change: Change<{ clusterId: Target["clusterId"] }>,
  target: Target,
  { actionId, input }: z.output<typeof orderSchema>,
): Promise<void> {
  const asked = change.input.parse({ ...input, clusterId: target.clusterId });
  const plan = await previewOf(change, target, TESTER, asked);
  if (plan.confirmation === null) throw new Error(`it cannot be started: ${plan.refusal}`);
  const { fingerprint, confirmation, typed } = plan;
  await submit(change, target, TESTER, asked, {
    actionId,
    fingerprint,
    confirmation,
    ...(typed !== null && { typed }),
  });
  await Promise.all([...followedRuns().values()].map(({ ended }) => ended));
}

process.stdout.write("ready\n");
createInterface({ input: process.stdin }).once("line", (line) => {
  obey(line).catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
    process.exit(1);
  });
});
