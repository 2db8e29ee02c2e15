import type { Page } from "@playwright/test";
import type pg from "pg";
import { clusterIdSchema } from "../lib/domain/cluster";
import { fullName } from "../lib/domain/table-facts";
import { visibleAnswer } from "../lib/format/visible";
import { routes } from "../lib/routes";
import { hostileNames } from "../lib/testing/hostile-names";
import { expect, open, type TestCluster, test } from "./fixtures";

const SCREENS = [
  "overview",
  "nodes",
  "shards",
  "tables",
  "balance",
  "rebalance",
  "activity",
  "replication",
  "operations",
  "audit",
];
const TABLES = hostileNames(200);
const SCHEMAS = hostileNames(40).filter((name) => !/^pg_/.test(name));
/** The two that are distributed. */
const DISTRIBUTED = ["\u202Egnp.sredro", "<img src=x onerror=window.__pwned=1>"];
const NOT_SEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD\u3164]/;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const sessions: pg.Client[] = [];

/** Tables, schemas, columns, roles, comments, applications and statements, all named by somebody who means harm. */
test.beforeAll(async ({ connected: cluster }) => {
  const text = [
    "create schema hostile",
    ...TABLES.map((name) => `create table hostile.${quoted(name)} (${quoted(name)} int primary key)`),
    ...TABLES.map((name) =>
      `comment on table hostile.${quoted(name)} is '${name.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`.replace(
        " is '",
        " is E'",
      ),
    ),
    ...SCHEMAS.map(
      (name) =>
        `create schema ${quoted(name)} create table ${quoted(name)} (a int primary key, ${quoted(`${name.slice(0, 20)}!`)} int)`,
    ),
    ...SCHEMAS.slice(0, 12).map((name) => `create role ${quoted(name)} login`),
    ...TABLES.slice(0, 8).map((name) => `alter table hostile.${quoted(name)} owner to ${quoted(SCHEMAS[0] ?? "")}`),
  ].join(";\n");
  await cluster.query(text);
  const [sample] = await cluster.query<{ owner: string }>(
    "select relowner::regrole::text as owner from pg_class where oid = 'public.orders'::regclass",
  );
  await cluster.query(`grant usage, create on schema hostile to ${sample?.owner}`);
  for (const name of DISTRIBUTED) {
    const table = `hostile.${quoted(name)}`;
    await cluster.query(`alter table ${table} owner to ${sample?.owner}`);
    await cluster.query("select create_distributed_table($1::regclass, $2)", [table, name]);
  }
  for (const application of TABLES.slice(0, 40)) {
    const session = await cluster.session();
    sessions.push(session);
    await session.query("select set_config('application_name', $1, false)", [
      application.replace(/[^\x20-\x7e]/g, "?"),
    ]);
    await session.query(`begin; select 1 as ${quoted(application)}`);
  }
});

test.afterAll(async ({ connected: cluster }) => {
  await Promise.allSettled(sessions.map((session) => session.end()));
  const drops = [
    "drop schema hostile cascade",
    ...SCHEMAS.map((name) => `drop schema ${quoted(name)} cascade`),
    ...SCHEMAS.slice(0, 12).map((name) => `drop role ${quoted(name)}`),
  ];
  for (const drop of drops) await cluster.query(drop);
});

/** Whatever a page does that only somebody's name could have made it do. */
async function listen(page: Page): Promise<string[]> {
  const done: string[] = [];
  page.on("dialog", async (dialog) => {
    done.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted ?(Types?|Script|HTML)/i.test(message.text())) done.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(page.url() === "about:blank" ? request.url() : page.url()).origin))
      done.push(`request ${request.url()}`);
  });
  return done;
}

async function expectUnharmed(page: Page, done: readonly string[], where: string): Promise<void> {
  expect(done, where).toEqual([]);
  expect(await page.evaluate(() => "__pwned" in window), where).toBe(false);
  expect(await page.evaluate(() => document.querySelectorAll("iframe, img[src='x'], svg[onload]").length), where).toBe(
    0,
  );
  expect(await page.evaluate(() => document.body.textContent), `${where}: something that is not seen`).not.toMatch(
    NOT_SEEN,
  );
}

const clusterIdOf = (cluster: TestCluster) => clusterIdSchema.parse(cluster.path("x").split("/")[2]);
/** A name as it stands on screen: blanks side by side are drawn as one. */
const drawn = (name: string) => name.replace(/ +/g, " ").trim();

test("T8: on no screen does a name do anything, and what is not seen in it is written out", async ({
  page,
  cluster,
}) => {
  const done = await listen(page);
  for (const screen of SCREENS) {
    await open(page, cluster, screen);
    await expect(page.getByRole("banner").getByText(/^Live/)).toBeVisible();
    await expectUnharmed(page, done, screen);
  }
});

test("F30: the link to a table opens that table, whatever it is called", async ({ page, cluster }) => {
  test.setTimeout(180_000);
  const done = await listen(page);
  const tables = [
    ...TABLES.filter((_, index) => index < 60 && index % 2 === 0).map((name) => ({ schema: "hostile", name })),
    ...SCHEMAS.slice(0, 8).map((name) => ({ schema: name, name })),
  ].map((table) => visibleAnswer(table));
  for (const table of tables) {
    await page.goto(routes.table(clusterIdOf(cluster), fullName(table)));
    const panel = page
      .getByRole("complementary")
      .or(page.getByRole("dialog"))
      .filter({ hasText: drawn(table.name) });
    await expect(panel.getByRole("button", { name: "Copy name" }), fullName(table)).toBeVisible();
    await expectUnharmed(page, done, fullName(table));
  }
});

test("F30: the palette finds a table by the name that is shown, and leads to it", async ({ page, cluster }) => {
  const done = await listen(page);
  for (const name of DISTRIBUTED) {
    const table = fullName(visibleAnswer({ schema: "hostile", name }));
    await open(page, cluster, "tables");
    await page.keyboard.press("Control+k");
    await page.keyboard.type(table);
    await expect(page.getByRole("dialog").getByRole("option").first()).toContainText(drawn(table));
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).searchParams.get("table")).toBe(table);
    await expectUnharmed(page, done, table);
  }
});

test("T22: undistributing asks for the name as it is shown, with what is not seen written out", async ({
  page,
  cluster,
}) => {
  const name = fullName(visibleAnswer({ schema: "hostile", name: "\u202Egnp.sredro" }));
  expect(name).toBe('hostile."\\u{202E}gnp.sredro"');
  await page.goto(routes.table(clusterIdOf(cluster), name));
  await page.getByRole("button", { name: "Undistribute…" }).click();
  const dialog = page.getByRole("dialog").last();
  const deed = dialog.getByRole("button", { name: "Undistribute", exact: true });
  const typed = dialog.getByLabel(/^Type the table's name/);
  await typed.fill(name.replace("\\u{202E}", "\u202E"));
  await expect(deed).toHaveAttribute("aria-disabled", "true");
  await typed.fill(name);
  await expect(deed).not.toHaveAttribute("aria-disabled", "true");
  await deed.click();
  await expect(dialog.getByText(/and seen on the cluster\.$/)).toBeVisible();
  expect(
    await cluster.query("select 1 from pg_dist_partition where logicalrelid = $1::regclass", [
      `hostile.${quoted("\u202Egnp.sredro")}`,
    ]),
  ).toEqual([]);
});
