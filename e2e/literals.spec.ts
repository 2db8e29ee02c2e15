import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { TOPICS } from "../lib/domain/live";
import { ROOT } from "../scripts/steps/paths.ts";
import { expect, test } from "./fixtures";
import { cookieOf, type PersonName } from "./people";
import { send } from "./raw-request";

const LITERAL = "canary-of-a-literal-7d20";

/** Every screen as a page and as what the router loads of it, and everything that is live. */
function addresses(): { path: string; headers: Record<string, string> }[] {
  const routes: Record<string, string> = JSON.parse(
    readFileSync(join(ROOT, ".next", "app-path-routes-manifest.json"), "utf8"),
  );
  const screens = Object.entries(routes)
    .filter(([source, route]) => source.endsWith("/page") && !route.startsWith("/_"))
    .map(([, route]) => route.replace("[clusterId]", "e2e").replace("[runId]", "01890000-0000-7000-8000-000000000000"));
  const live = TOPICS.map((topic) => `/api/clusters/e2e/live/${topic}`);
  const others = ["audit", "audit/check", "runs?before=9999999999999"].map((name) => `/api/clusters/e2e/${name}`);
  return [
    ...[...screens, ...live, ...others].map((path) => ({ path, headers: {} })),
    ...screens.map((path) => ({ path: `${path}?_rsc=1`, headers: { rsc: "1" } })),
  ];
}

async function heardBy(origin: string, person: PersonName): Promise<string[]> {
  const heard: string[] = [];
  for (const { path, headers } of addresses()) {
    const { status, text } = await send(origin, { path, headers: { ...headers, cookie: cookieOf(person) } });
    expect(status, path).toBeLessThan(500);
    if (text.includes(LITERAL)) heard.push(path);
  }
  return heard;
}

test("T26: a literal of somebody's running query is in no page, payload, answer or file of the build for a viewer", async ({
  cluster,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const origin = baseURL ?? "";
  const session = await cluster.session();
  try {
    const running = session.query(`select pg_sleep(600) where '${LITERAL}' <> ''`).catch((cause: Error) => cause);
    // An operator does see it: it is there to be seen.
    await expect.poll(() => heardBy(origin, "operator"), { timeout: 60_000 }).not.toEqual([]);
    expect(await heardBy(origin, "viewer")).toEqual([]);
    for (const name of readdirSync(join(ROOT, ".next", "static"), { recursive: true, encoding: "utf8" })) {
      const file = join(ROOT, ".next", "static", name);
      if (statSync(file).isFile()) expect(readFileSync(file, "latin1").includes(LITERAL), name).toBe(false);
    }
    await cluster.query(
      "select pg_cancel_backend(pid) from pg_stat_activity where query like $1 and pid <> pg_backend_pid()",
      [`%${LITERAL.slice(0, 12)}%`],
    );
    await running;
  } finally {
    await session.end();
  }
});
