import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { newActionId } from "@/lib/domain/action-id";
import type { Run } from "@/lib/domain/change";
import type { Target } from "@/server/clusters";
import { reconcileRuns } from "@/server/runs/reconcile";
import { heldClaims } from "@/server/store/claims";
import { findRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import type { HarnessOrder } from "./kill-harness";
import type { KillOrder } from "./kill-points";

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** What a killed process had said until then. */
export type KillReport = { points: string[]; acknowledged: { seq: number; hash: string }[]; wasKilled: boolean };

export type Harness = { obey: (order: HarnessOrder) => Promise<KillReport>; end: () => void };

/** A console process that waits for its order. Made ahead, so that its start costs no time of the round. */
export function spawnHarness(): Harness {
  const child = spawn(process.execPath, ["--import", path("../../scripts/hooks.mjs"), path("kill-harness.ts")], {
    cwd: path("../.."),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  let complaints = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const ended = exitOf(child);
  return {
    async obey(order) {
      child.stdin?.write(`${JSON.stringify(order)}\n`);
      const { code, signal } = await ended;
      if (code !== 0 && signal !== "SIGKILL") throw new Error(`the harness failed: ${complaints || code}`);
      return { ...readReport(said), wasKilled: signal === "SIGKILL" };
    },
    end: () => child.kill("SIGKILL"),
  };
}

function exitOf(child: ChildProcess) {
  return new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
}

function readReport(said: string) {
  const lines = said.split("\n");
  const words = (line: string) => line.split(" ");
  return {
    points: lines.filter((line) => line.startsWith("point ")).map((line) => words(line).slice(2).join(" ")),
    acknowledged: lines
      .filter((line) => line.startsWith("ack "))
      .map((line) => ({ seq: Number(words(line)[1]), hash: words(line)[2] ?? "" })),
  };
}

export type Round = {
  report: KillReport;
  run: Run | undefined;
  /** In words; none: everything held. */
  wrong: string[];
};

type Asked = {
  harness: Harness;
  sandbox: string;
  target: Target;
  stateFile: string;
  change: string;
  input: HarnessOrder["input"];
  kill: KillOrder;
  /** Whether the effect is there: asked of the cluster itself, before and after. */
  isDone: () => Promise<boolean>;
};

/** Has one action killed, reconciles as the next start does, and judges what came of it by the cluster itself. */
export async function killRound(asked: Asked): Promise<Round> {
  const actionId = newActionId();
  const { sandbox, stateFile, change, input, kill, target } = asked;
  const report = await asked.harness.obey({ sandbox, state: stateFile, actionId, change, input, kill });
  const { ended } = await reconcileRuns(() => target);
  await ended;
  const database = await state();
  const run = (await findRun(database, actionId))?.run;
  const isDone = await asked.isDone();
  const claims = (await heldClaims(database, target.clusterId)).filter((one) => one.runId === actionId);
  const wrong = [
    ...(run === undefined && isDone ? ["it took effect and nothing is on record"] : []),
    ...(run?.state === "succeeded" && !isDone ? ["it is called succeeded and did not take effect"] : []),
    ...(run?.state === "failed" && isDone ? ["it is called failed and took effect"] : []),
    ...(run && !["succeeded", "failed"].includes(run.state)
      ? [`it is left ${run.state}: ${run.reconciled?.sentence}`]
      : []),
    ...(claims.length > 0 ? ["it still claims what it claimed"] : []),
  ];
  return { report, run, wrong: wrong.map((what) => `${what} (killed at ${report.points.at(-1)})`) };
}
