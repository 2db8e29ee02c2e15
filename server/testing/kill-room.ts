import "server-only";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "@/sandbox/types";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { openSqlite } from "@/server/store/sqlite";
import { closeState } from "@/server/store/state";
import { auditFaults } from "./audit-check";
import type { HarnessOrder } from "./kill-harness";
import type { KillOrder } from "./kill-points";
import { type Harness, type KillReport, killRound, type Round, spawnHarness } from "./kills";
import { sandboxTarget } from "./sandbox-target";

const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };

type Deed = { change: string; input: HarnessOrder["input"]; isDone: () => Promise<boolean> };

export type KillRoom = {
  /** One action that is killed on the way, and what came of it. */
  round: (deed: Deed, kill: KillOrder) => Promise<Round>;
  /** Closes worker3 for shards where it is open, opens it where it is closed. */
  turn: (kill: KillOrder) => Promise<Round>;
  /** worker3 may hold shards again, whatever was done to it. */
  open: () => Promise<void>;
  /** What is wrong with the audit after all rounds; `acknowledged`: how many entries the killed processes were told of. */
  audit: () => Promise<{ acknowledged: number; lost: number; wrong: string[] }>;
  leave: () => Promise<void>;
};

/** A state of its own on which console processes are killed one after another; this process is the one that starts next. */
export async function killRoom(sandbox: Sandbox): Promise<KillRoom> {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-kills-"));
  const stateFile = join(folder, "state.sqlite");
  const database = openSqlite(stateFile, "FULL");
  await migrate(database, STATE_MIGRATIONS);
  holder.__shardboardState = Promise.resolve(database);
  const target = sandboxTarget(sandbox);
  const acknowledged: KillReport["acknowledged"] = [];
  const { host, port } = sandbox.nodes.worker3;
  let next: Harness = spawnHarness();

  async function worker3(): Promise<{ id: number; open: boolean }> {
    const sql = "select nodeid as id, shouldhaveshards as open from pg_dist_node where nodeport = $1";
    const [node] = await sandbox.query<{ id: number; open: boolean }>(sql, [port]);
    if (!node) throw new Error("worker3 is no member");
    return node;
  }

  async function open(): Promise<void> {
    await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', true)", [host, port]);
  }

  async function round(deed: Deed, kill: KillOrder): Promise<Round> {
    const harness = next;
    next = spawnHarness();
    const done = await killRound({ ...deed, harness, sandbox: sandbox.stateFile, target, stateFile, kill });
    acknowledged.push(...done.report.acknowledged);
    return done;
  }

  return {
    round,
    open,
    async turn(kill) {
      const before = await worker3();
      const isDone = async () => (await worker3()).open !== before.open;
      return round({ change: before.open ? "node.close" : "node.open", input: { nodeId: before.id }, isDone }, kill);
    },
    audit: async () => ({ acknowledged: acknowledged.length, ...(await auditFaults(acknowledged)) }),
    async leave() {
      next.end();
      await open();
      stopCollectors();
      await closePools();
      await closeState();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
