import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";

const TOKEN = "a-token-for-machines-0123456789";
const folder = mkdtempSync(join(tmpdir(), "machines-"));
const file = join(folder, "token");
const configured = { METRICS_TOKEN_FILE: undefined as string | undefined };
const reasons: string[] = [];

vi.mock("@/server/env", () => ({ env: () => configured }));
vi.mock("./gauges", () => ({
  readGauges: async () => [
    { name: "test_gauge", help: "A gauge.", labels: ["what"], samples: [{ labels: ['a"b\\c\nd'], value: 1.5 }] },
    { name: "test_unknown", help: "Nobody knows.", labels: [], samples: [] },
  ],
}));
vi.mock("./readiness", () => ({ reasonsNotReady: async () => reasons }));

let endpoints: typeof import("./endpoints");
let counters: typeof import("./counters");
beforeAll(async () => {
  vi.resetModules();
  writeFileSync(file, `${TOKEN}\n`);
  endpoints = await import("./endpoints");
  counters = await import("./counters");
});
afterEach(() => {
  configured.METRICS_TOKEN_FILE = undefined;
  reasons.length = 0;
});
afterAll(() => {
  vi.resetModules();
  rmSync(folder, { recursive: true, force: true });
});

const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });

test("without a token in the configuration there is no /metrics on the console's port, whatever token is sent", async () => {
  expect((await endpoints.metrics(new Headers())).status).toBe(404);
  expect((await endpoints.metrics(bearer(TOKEN))).status).toBe(404);
  expect((await endpoints.metricsOnOwnPort(new Headers())).status).toBe(200);
});

test("with a token only its owner reads /metrics, on either port, and a new token in the file holds at once", async () => {
  configured.METRICS_TOKEN_FILE = file;
  for (const headers of [new Headers(), bearer(""), bearer(TOKEN.slice(0, -1)), bearer(`${TOKEN}x`)]) {
    expect((await endpoints.metrics(headers)).status).toBe(401);
    expect((await endpoints.metricsOnOwnPort(headers)).status).toBe(401);
  }
  expect((await endpoints.metrics(bearer(TOKEN))).status).toBe(200);
  writeFileSync(file, "another-token");
  expect((await endpoints.metrics(bearer(TOKEN))).status).toBe(401);
  expect((await endpoints.metrics(bearer("another-token"))).status).toBe(200);
  writeFileSync(file, `${TOKEN}\n`);
});

test("readiness is told to everybody in a word, and with its reasons to whoever has the token", async () => {
  configured.METRICS_TOKEN_FILE = file;
  expect(await (await endpoints.readyz(new Headers())).text()).toBe("ready\n");
  reasons.push("The state does not answer.");
  const plain = await endpoints.readyz(new Headers());
  expect(plain.status).toBe(503);
  expect(await plain.text()).toBe("not ready\n");
  const told = await endpoints.readyz(bearer(TOKEN));
  expect(told.status).toBe(503);
  expect(await told.json()).toEqual({ ready: false, reasons: ["The state does not answer."] });
});

test("a label's text cannot leave its line, and what is not known is left out instead of being 0", async () => {
  const text = await (await endpoints.metricsOnOwnPort(new Headers())).text();
  expect(text).toContain('test_gauge{what="a\\"b\\\\c\\nd"} 1.5');
  expect(text).not.toContain("test_unknown");
});

test("however many values a label gets, the number of series is bounded and nothing is lost from the sum", () => {
  const before = counters.seriesOf("actions").reduce((sum, one) => sum + one.value, 0);
  for (let one = 0; one < 5_000; one += 1) counters.count("actions", [`change-${one}`, "succeeded"]);
  const series = counters.seriesOf("actions");
  expect(series.length).toBeLessThanOrEqual(2_001);
  expect(series.reduce((sum, one) => sum + one.value, 0) - before).toBe(5_000);
});

test("the fifty-first cluster has no label of its own", async () => {
  const { clusterLabel } = await import("./cluster-label");
  const labels = new Set(Array.from({ length: 80 }, (_, index) => clusterLabel(`cluster-${index}`)));
  expect(labels.size).toBeLessThanOrEqual(51);
  expect(labels).toContain("other");
});
