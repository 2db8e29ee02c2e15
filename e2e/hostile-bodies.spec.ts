import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NO_CLUSTER } from "../bench/soak/end-of-process.ts";
import { actionId } from "../scripts/steps/action-id.ts";
import { type RunningConsole, startConsole } from "../scripts/steps/console.ts";
import { becomeFirstAdmin } from "../scripts/steps/first-admin.ts";
import { freePort } from "../scripts/steps/free-port.ts";
import { expect, test } from "./fixtures";
import { written } from "./own-state";
import { send } from "./raw-request";

/** A console of its own: what it logs and how much memory it has is looked at. */
let running: RunningConsole;
let cookie = "";
const folder = mkdtempSync(join(tmpdir(), "shardboard-bodies-"));
const said: string[] = [];

test.use({ as: null });

test.beforeAll(async () => {
  const variables = { ...NO_CLUSTER, DATA_DIR: folder };
  running = await startConsole(await freePort(), variables, { hearErrors: (line) => said.push(line) });
  cookie = await becomeFirstAdmin(running);
});
test.afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

const TEXT = { "content-type": "text/plain;charset=UTF-8" };
const FORM = { "content-type": "multipart/form-data; boundary=x" };

function multipart(fields: Record<string, string>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--x--\r\n`;
}

const REFERENCES = JSON.stringify([
  { a: "$0", b: "$K1", c: "$@0", d: "$Q0", e: "$F0:constructor:constructor", f: "$B0" },
]);
const DEEP = "[".repeat(20_000) + "]".repeat(20_000);

/** Each body, the status of its refusal, and by whose words in the log: null where the door turned it away before the framework. */
const BODIES: [what: string, headers: Record<string, string>, body: string, status: number, words: RegExp | null][] = [
  ["10 MB", TEXT, "x".repeat(10 * 1024 * 1024), 413, null],
  ["65 kB", TEXT, JSON.stringify(["x".repeat(65 * 1024)]), 413, null],
  ["nested", TEXT, DEEP, 500, /^Maximum (call stack size|array nesting) exceeded/],
  ["references", TEXT, REFERENCES, 500, /^Referenced Blob is not a Blob\.$/],
  ["multipart references", FORM, multipart({ "0": REFERENCES, "1": '"$0"' }), 500, /^Invalid forward reference\.$/],
  [
    "a prototype",
    FORM,
    multipart({ "0": '["$1:__proto__:constructor"]', "1": "{}" }),
    500,
    /^Invalid forward reference\.$/,
  ],
  ["no action", FORM, multipart({ $ACTION_REF_0: "", "$ACTION_0:0": '{"bound":"$@1"}' }), 500, /^Connection closed\.$/],
  ["an unknown action", { ...TEXT, "next-action": "00".repeat(21) }, "[]", 409, /^Failed to find Server Action /],
  ["not an action id", { ...TEXT, "next-action": "__proto__" }, "[]", 400, /^The Server Reference ID did not match /],
  ["no JSON", TEXT, "{{{{", 500, /in JSON at position \d/],
];

const ROUNDS = 20;

test("T3: hostile action bodies are refused by the framework's own words before any action runs, and leave no memory behind", async () => {
  test.setTimeout(120_000);
  const before = written(folder);
  await refuseAll();
  const baseline = memory();
  for (let round = 0; round < ROUNDS; round += 1) await refuseAll();
  await expect.poll(memory, { timeout: 5_000, intervals: [250] }).toBeLessThan(1.5 * baseline);
  expect(written(folder)).toEqual(before);
  expect((await send(running.url, { path: "/account", headers: { cookie } })).status).toBe(200);
});

/** Whatever fails otherwise than it has to, by an error of the console's own too, fails the test. */
async function refuseAll(): Promise<void> {
  for (const [what, headers, body, status, words] of BODIES) {
    said.length = 0;
    const answer = await ask(headers, body);
    // Whoever still writes when the console has refused may see only the connection end.
    if (answer.status !== 0 || status !== 413) expect(answer.status, what).toBe(status);
    expect(answer.text, what).not.toMatch(/"ok":|\bat .*\.(js|ts):\d+/);
    if (words) await expect.poll(() => causes(), { message: what, timeout: 5_000, intervals: [5, 20] }).toHaveLength(1);
    expect(causes(), what).toEqual(words ? [expect.stringMatching(words)] : []);
  }
}

/** The words of each error since the log was emptied: those that the framework printed, and those that nobody of ours had dressed. */
function causes(): string[] {
  const lines = said.map((line) => JSON.parse(line) as { message: string; cause?: { message?: string } });
  return lines
    .filter(({ message }) => message === "printed" || message === "unexpected failure")
    .map((line) => line.cause?.message ?? JSON.stringify(line));
}

function ask(headers: Record<string, string>, body: string): Promise<{ status: number; text: string }> {
  const id = actionId("account", "signOut");
  const own = { origin: running.url, "sec-fetch-site": "same-origin", cookie, "next-action": id };
  const asked = { path: "/account", method: "POST", headers: { ...own, ...headers }, body };
  return send(running.url, asked).catch(() => ({ status: 0, text: "" }));
}

/** What the console's process has in memory, in KiB. */
function memory(): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(running.process.pid)], { encoding: "utf8" }));
}

test("T3: an upgrade or a request that names a whole address makes the console connect nowhere", async () => {
  let reached = 0;
  const canary = createServer((_, answer) => answer.end("canary")).on("connection", () => {
    reached += 1;
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  const { port } = canary.address() as AddressInfo;
  const { host } = new URL(running.url);
  const upgrade =
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  const elsewhere = `127.0.0.1:${port}`;
  const targets = ["http", "https", "ws"].map((scheme) => `${scheme}://${elsewhere}/`);
  for (const target of [
    ...targets,
    `//${elsewhere}/`,
    `/\\${elsewhere}/`,
    `/http://${elsewhere}/`,
    `/_next/image?url=http://${elsewhere}/`,
  ])
    for (const named of [host, elsewhere])
      for (const more of [upgrade, "", `${upgrade}X-Forwarded-Host: ${elsewhere}\r\n`]) {
        const text = await say(`GET ${target} HTTP/1.1\r\nHost: ${named}\r\n${more}\r\n`);
        expect(text, `${target} ${named} ${more}`).toMatch(/^HTTP\/1\.1 (30[278]|4\d\d) /);
        expect(text).not.toContain("canary");
      }
  expect(reached).toBe(0);
  // The canary does hear who comes.
  await fetch(`http://${elsewhere}/`);
  expect(reached).toBe(1);
  canary.close();
  canary.closeAllConnections();
});

/** Sends these bytes, and returns the head of the answer; "" where there is none within two seconds. */
function say(bytes: string): Promise<string> {
  const { hostname, port } = new URL(running.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const done = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(2_000, () => done(""));
    socket.on("data", (chunk) => done(chunk.toString("utf8"))).on("error", () => done(""));
    socket.on("connect", () => socket.write(bytes));
  });
}
