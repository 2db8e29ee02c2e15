import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endTimes, NO_CLUSTER } from "../bench/soak/end-of-process.ts";
import { startConsole } from "../scripts/steps/console.ts";
import { becomeFirstAdmin } from "../scripts/steps/first-admin.ts";
import { freePort } from "../scripts/steps/free-port.ts";
import { ROOT } from "../scripts/steps/paths.ts";
import { expect, test } from "./fixtures";
import { send } from "./raw-request";

const TOKEN = "canary-of-the-machine-token-4f1c";
const DATABASE_PASSWORD = "canary-of-the-database-password-9b2e";
const SESSIONS = /shardboard-\d+=([\w-]{43})/;

/** Everything of the build that browsers load. */
function bundles(): string[] {
  const folder = join(ROOT, ".next", "static");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(js|css|map|json)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(10);
  return files.map((name) => readFileSync(join(folder, name), "utf8"));
}

test("F25: told to end while people read and listen, the console answers what it took, ends its streams and exits with 0", async () => {
  test.setTimeout(120_000);
  for (const ending of await endTimes(3, NO_CLUSTER)) {
    expect(ending).toMatchObject({ code: 0, signal: null, broken: [] });
    expect(ending.answered).toBeGreaterThan(7);
    expect(ending.tookMs).toBeLessThan(10_000);
  }
});

test("a console whose cluster is down is alive and ready, tells machines with a token how it is, and no secret is anywhere", async () => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "shardboard-machines-"));
  const file = join(folder, "token");
  writeFileSync(file, TOKEN);
  const said: string[] = [];
  const running = await startConsole(
    await freePort(),
    {
      CITUS_URL: `postgres://ops:${DATABASE_PASSWORD}@127.0.0.1:9/none`,
      CLUSTER_NAME: "e2e",
      DATA_DIR: join(folder, "data"),
      METRICS_TOKEN_FILE: file,
    },
    { hear: (line) => said.push(line), hearErrors: (line) => said.push(line) },
  );
  try {
    const cookie = await becomeFirstAdmin(running);
    const bearer = { authorization: `Bearer ${TOKEN}` };
    expect((await send(running.url, { path: "/livez", headers: { host: "10.1.2.3:9" } })).status).toBe(200);
    await expect.poll(async () => (await send(running.url, { path: "/readyz" })).text).toBe("ready\n");
    const told = await send(running.url, { path: "/readyz", headers: bearer });
    expect(JSON.parse(told.text)).toEqual({ ready: true, reasons: [] });
    expect((await send(running.url, { path: "/metrics" })).status).toBe(401);
    const problem = await send(running.url, { path: "/api/clusters/e2e/live/nodes", headers: { cookie } });
    expect(JSON.parse(problem.text).problem.code).toMatch(/unreachable/);
    const measured = await send(running.url, { path: "/metrics", headers: bearer });
    expect(measured.text).toMatch(/^shardboard_reads_total\{cluster="e2e",topic="health",outcome="failed"\} [1-9]/m);
    expect(measured.text).toMatch(/^shardboard_sessions 1$/m);

    // T9: the secrets of this console, looked for in everything it said.
    const paths = [
      "/",
      "/sign-in",
      "/account",
      "/people",
      "/clusters",
      "/clusters/e2e/overview",
      "/clusters/e2e/nodes",
      "/clusters/e2e/audit",
      "/nope",
      "/api/clusters/e2e/live/health",
    ];
    const pages = await Promise.all(
      paths.flatMap((path) => [
        send(running.url, { path, headers: { cookie } }),
        send(running.url, { path: `${path}?_rsc=1`, headers: { cookie, rsc: "1" } }),
      ]),
    );
    const exported = await send(running.url, { path: "/api/clusters/e2e/audit/export", headers: { cookie } });
    const everything = [...said, ...bundles(), measured.text, told.text, exported.text, problem.text]
      .concat(pages.map(({ text, headers }) => text + JSON.stringify(headers)))
      .join("\n");
    const session = SESSIONS.exec(cookie)?.[1] ?? "no session";
    for (const secret of [TOKEN, DATABASE_PASSWORD, session]) expect(everything).not.toContain(secret);
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
