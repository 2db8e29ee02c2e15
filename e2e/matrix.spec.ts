import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consoleVariables } from "../sandbox/console-variables.ts";
import { startConsole } from "../scripts/steps/console.ts";
import { freePort } from "../scripts/steps/free-port.ts";
import { makePerson } from "../scripts/steps/person.ts";
import { expect, needsSandbox, test } from "./fixtures";
import { setProofs } from "./own-state";
import { cookieOf, type PersonName } from "./people";
import { send } from "./raw-request";

/**
 * Every address and every action of the built console, asked by everybody: what comes back is compared with e2e/matrix.json, so that
 * a new route or action without an entry, and one that lets in somebody else than before, fails. UPDATE_MATRIX=1 writes the file
 * anew; its difference is then what a reviewer reads.
 */
const FILE = "e2e/matrix.json";
const IDENTITIES = ["nobody", "viewer", "operator", "admin"] as const;
type Identity = (typeof IDENTITIES)[number];

/**
 * yes: let in, whatever was then wrong with the empty input. proof: let in, once they have proven again who they are.
 * sign-in: sent to sign in, or told to. no: refused for want of the right. absent: for them there is nothing there.
 */
type Answer = "yes" | "proof" | "sign-in" | "no" | "absent";
type Matrix = Record<string, Partial<Record<Identity, Answer>>>;

const ANSWER_BY_CODE: Partial<Record<string, Answer>> = {
  not_signed_in: "sign-in",
  not_allowed: "no",
  reauth_required: "proof",
};

/** What a folder in square brackets stands for. */
const PARAMETERS: Record<string, string> = {
  "[clusterId]": "e2e",
  "[topic]": "nodes",
  "[series]": "node-bytes",
  "[jobId]": "1000000",
  "[runId]": "01890000-0000-7000-8000-000000000000",
};

const json = (file: string) => JSON.parse(readFileSync(file, "utf8"));

function addresses(): string[] {
  const routes: Record<string, string> = json(".next/app-path-routes-manifest.json");
  return Object.values(routes)
    .filter((route) => !route.startsWith("/_") && !route.endsWith(".svg"))
    .sort();
}

type Reference = { filename: string; exportedName: string; workers: Record<string, unknown> };
function actions(): { id: string; name: string; page: string }[] {
  const { node }: { node: Record<string, Reference> } = json(".next/server/server-reference-manifest.json");
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => ({
    id,
    name: `${filename.replace(/^server\/actions\/|\.ts$/g, "")}.${exportedName}`,
    page: pageOf(Object.keys(workers)[0] ?? ""),
  }));
}

/** "app/(console)/people/page" → "/people". Sent to a page that does not have it, an action is handed on inside Next under another host name. */
const pageOf = (worker: string) => worker.replace(/^app|\/\([^)]+\)|\/page$/g, "") || "/";

/** They end the session they are asked with, and have tests of their own. */
const FAREWELLS = ["account.signOut"];

test("T1: every address and every action lets in whom the matrix says, and nobody else", async ({ baseURL }) => {
  test.setTimeout(180_000);
  // How long the suite has run says nothing about who may what.
  setProofs(0);
  const found = await walk(baseURL ?? "", async (who) => cookieOf(who));
  if (process.env.UPDATE_MATRIX) writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
  expect(found).toEqual(json(FILE));
});

test("T2: without proxy.ts they let in the very same", async ({ cluster }) => {
  test.setTimeout(180_000);
  const sandbox = needsSandbox(cluster);
  const folder = mkdtempSync(join(tmpdir(), "shardboard-without-proxy-"));
  try {
    const port = await freePort();
    const place = { DATA_DIR: join(folder, "data"), PORT: String(port) };
    const config = { CLUSTER_NAME: "e2e", SHARDBOARD_CONFIG: process.env.E2E_CONFIG ?? "" };
    const cookies = new Map<PersonName, string>();
    for (const role of ["viewer", "operator", "admin"] as const)
      cookies.set(role, (await makePerson(role, place, role)).cookie);
    const build = withoutProxy(folder);
    const running = await startConsole(port, { ...consoleVariables(sandbox), ...config, ...place }, { folder: build });
    try {
      const answer = await send(running.url, { path: "/sign-in" });
      expect(answer.headers["content-security-policy"], "the headers that proxy.ts sets").toBeUndefined();
      expect(await walk(running.url, async (who) => cookies.get(who) ?? "")).toEqual(json(FILE));
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The same build, in which the framework knows of no proxy.ts. */
function withoutProxy(folder: string): string {
  const build = join(folder, "build");
  mkdirSync(build);
  for (const name of readdirSync(".").filter((one) => one !== ".next" && one !== ".git"))
    symlinkSync(join(process.cwd(), name), join(build, name));
  cpSync(".next", join(build, ".next"), { recursive: true, filter: (path) => !/\.next\/(cache|dev)$/.test(path) });
  writeFileSync(
    join(build, ".next/server/functions-config-manifest.json"),
    JSON.stringify({ version: 1, functions: {} }),
  );
  return build;
}

/** Everything there is, asked by everybody. */
async function walk(baseURL: string, cookieFor: (who: PersonName) => Promise<string>): Promise<Matrix> {
  const found: Matrix = {};
  for (const identity of IDENTITIES) {
    const cookie = identity === "nobody" ? "" : await cookieFor(identity);
    for (const route of addresses())
      note(found, `GET ${route}`, identity, await lookAt(new URL(addressOf(route), baseURL), cookie));
    for (const { id, name, page } of actions().filter((one) => !FAREWELLS.includes(one.name)))
      note(found, `action ${name}`, identity, await tryAction(new URL(addressOf(page), baseURL), id, cookie));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function note(matrix: Matrix, what: string, identity: Identity, answer: Answer): void {
  const row = matrix[what] ?? {};
  row[identity] = answer;
  matrix[what] = row;
}

const addressOf = (route: string) => route.replace(/\[[^\]]+\]/g, (name) => PARAMETERS[name] ?? name);

async function lookAt(url: URL, cookie: string): Promise<Answer> {
  const { status, location } = await headOf(url, cookie);
  if (status === 401 || (status >= 300 && status < 400 && location.startsWith("/sign-in"))) return "sign-in";
  if (status === 403) return "no";
  if (status === 404) return "absent";
  expect(status, `${url.pathname} answers`).toBeLessThan(500);
  return "yes";
}

/** Only the head: an event stream has no end. */
function headOf(url: URL, cookie: string): Promise<{ status: number; location: string }> {
  return new Promise((resolve, reject) => {
    const call = get(url, { headers: { cookie } }, ({ statusCode = 0, headers }) => {
      resolve({ status: statusCode, location: headers.location ?? "" });
      call.destroy();
    });
    call.on("error", reject);
  });
}

async function tryAction({ origin, pathname }: URL, id: string, cookie: string): Promise<Answer> {
  const { status, text } = await send(origin, {
    path: pathname,
    method: "POST",
    headers: {
      cookie,
      origin,
      "sec-fetch-site": "same-origin",
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
    },
    body: JSON.stringify([{ clusterId: "e2e" }]),
  });
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1];
  const isAnswer = text.includes('"ok":true') || code !== undefined;
  expect(isAnswer, `the action itself answers: ${status} ${text.slice(0, 300)}`).toBe(true);
  expect(code, "the request looks like one of the console's own page").not.toBe("cross_site");
  return (code && ANSWER_BY_CODE[code]) || "yes";
}
