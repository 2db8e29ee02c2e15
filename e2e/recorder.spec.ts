import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { flightSchema } from "../lib/domain/flight.ts";
import { consoleVariables } from "../sandbox/console-variables.ts";
import { type RunningConsole, startConsole } from "../scripts/steps/console.ts";
import { becomeFirstAdmin } from "../scripts/steps/first-admin.ts";
import { freePort } from "../scripts/steps/free-port.ts";
import { expect, test } from "./fixtures";
import { send } from "./raw-request";

test.use({ as: null });

const RUN_MS = 240_000;

/** The record as the console answers it; undefined: there is none yet. */
async function recordOf({ url }: RunningConsole, cookie: string, jobId: number) {
  const answer = await send(url, { path: `/api/clusters/recorder/flights/${jobId}`, headers: { cookie } });
  return answer.status === 200 ? flightSchema.parse(JSON.parse(answer.text)) : undefined;
}

test("a console that is killed in the middle of a run that nobody watches finds the record whole when it starts again, with the gap it left", async ({
  page,
  cluster,
}) => {
  test.skip(cluster.sandbox === null || cluster.spare === null, "needs a worker that is not in the cluster yet");
  test.setTimeout(2 * RUN_MS);
  const { sandbox, spare } = cluster;
  if (!sandbox || !spare) return;
  const folder = mkdtempSync(join(tmpdir(), "shardboard-recorder-"));
  const port = await freePort();
  const variables = { ...consoleVariables(sandbox), CLUSTER_NAME: "recorder", DATA_DIR: folder };
  let running = await startConsole(port, variables);
  try {
    const cookie = await becomeFirstAdmin(running);
    await cluster.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    const rows = await cluster.query<{ id: string }>(
      "select citus_rebalance_start(shard_transfer_mode => 'force_logical')::text as id",
    );
    const jobId = z.coerce.number().parse(rows[0]?.id);
    const record = () => recordOf(running, cookie, jobId);
    await expect.poll(async () => (await record())?.samples.length ?? 0, { timeout: RUN_MS }).toBeGreaterThan(5);
    const before = await record();
    running.process.kill("SIGKILL");
    await expect.poll(() => running.process.signalCode).toBe("SIGKILL");
    running = await startConsole(port, variables);
    const after = await record();
    expect(after?.samples.slice(0, before?.samples.length)).toEqual(before?.samples);
    await expect.poll(async () => (await record())?.job.state, { timeout: RUN_MS }).toBe("finished");
    const whole = await record();
    expect(whole?.tasks.length).toBe(before?.tasks.length);
    expect(whole?.watched.length).toBeGreaterThanOrEqual(1);

    const [name = "", value = ""] = cookie.split("=");
    await page.context().addCookies([{ name, value, url: running.url }]);
    await page.goto(`${running.url}/clusters/recorder/rebalance/${jobId}`);
    await expect(page.getByRole("slider", { name: "Replay" })).toBeVisible();
    await expect(page.getByText(`Job ${jobId} finished`)).toBeVisible();
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
    await cluster.query("select citus_drain_node($1, $2, 'force_logical')", [spare.host, spare.port]);
    await cluster.query("select citus_remove_node($1, $2)", [spare.host, spare.port]);
  }
});
