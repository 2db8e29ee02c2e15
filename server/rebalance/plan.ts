import "server-only";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { addressOf } from "@/lib/domain/node";
import { listOf } from "@/lib/domain/node-names";
import { rebalancePlanOf } from "@/lib/domain/picture-plan";
import type { RebalancePlan } from "@/lib/domain/rebalance";
import { AppError, isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { fromPgError, withoutTimeout } from "@/server/pg/errors";
import { longClient } from "@/server/pg/pools";
import { type RunOptions, runOn, type ServerMessage } from "@/server/pg/run";
import * as statements from "@/server/sql/rebalance";

type Wanted = { strategy: string; drainOnly: boolean; threshold?: number | null };

/**
 * Lets Citus plan, and weighs the plan with measured sizes. Over a connection of its own without a statement timeout: on a
 * large cluster Citus measures shard group after shard group, which takes minutes.
 *
 * @throws AppError `node_unreachable` when Citus could not measure, naming the nodes that do not answer
 */
export async function makePlan(
  target: Target,
  wanted: Wanted,
  readPicture: () => Promise<ClusterPicture>,
): Promise<RebalancePlan> {
  const started = performance.now();
  const notices: string[] = [];
  const onMessage = ({ text, detail }: ServerMessage) => notices.push([text, detail].filter(Boolean).join(". "));
  const [rows, picture] = await Promise.all([
    askCitus(target, wanted, onMessage).catch((cause: unknown) => ({ failed: cause })),
    readPicture(),
  ]);
  if ("failed" in rows) throw withNodes(rows.failed, wanted, picture);
  const planRows = rows.map((row) => ({
    shardId: row.shardid,
    source: addressOf({ host: row.sourcename, port: row.sourceport }),
    target: addressOf({ host: row.targetname, port: row.targetport }),
  }));
  return rebalancePlanOf(planRows, picture, {
    strategy: wanted.strategy,
    drainOnly: wanted.drainOnly,
    notices,
    tookMs: Math.round(performance.now() - started),
  });
}

async function askCitus(target: Target, wanted: Wanted, onMessage: NonNullable<RunOptions["onMessage"]>) {
  const client = longClient(target, { login: "ops" });
  client.on("error", () => {}); // the statement that is under way fails with the same cause
  await client.connect().catch((cause: unknown) => {
    throw fromPgError(cause, statements.plan.name);
  });
  try {
    const { threshold } = wanted;
    return typeof threshold === "number"
      ? await runOn(client, statements.planAtThreshold, { ...wanted, threshold }, { onMessage })
      : await runOn(client, statements.plan, wanted, { onMessage });
  } catch (cause) {
    throw withoutTimeout(cause);
  } finally {
    void client.end().catch(() => {}); // the answer is here, or its failure is; a connection that ends badly adds nothing
  }
}

/** Citus says only "cannot get the size because of a connection error"; who does not answer is known from the sizes. */
function withNodes(cause: unknown, { strategy }: Wanted, picture: ClusterPicture): unknown {
  if (!isAppError(cause) || cause.code !== "node_unreachable" || picture.silent.length === 0) return cause;
  const names = listOf(picture.silent.map((node) => picture.names.get(node.id) ?? addressOf(node)));
  const verb = picture.silent.length === 1 ? "does" : "do";
  return new AppError(
    "node_unreachable",
    `${names} ${verb} not answer. Strategy ${strategy} measures every shard group, so Citus makes no plan until then.`,
    { cause, ...(cause.sqlState && { sqlState: cause.sqlState }), serverDetail: cause.message },
  );
}
