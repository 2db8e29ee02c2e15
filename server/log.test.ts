import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { takeOverConsole } from "./console-log";
import { log } from "./log";

const CANARY = "canary-7f3a";
let lines: string[] = [];

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function aDatabaseError(): pg.DatabaseError {
  const error = new pg.DatabaseError(`invalid input syntax for type integer: "${CANARY}"`, 100, "error");
  Object.assign(error, { code: "23505", severity: "ERROR", routine: "_bt_check_unique" });
  Object.assign(error, { detail: `Key (email)=(${CANARY}) already exists.`, where: `SQL: select '${CANARY}'` });
  return error;
}

function badUrl(): unknown {
  try {
    return new URL(`postgres://user:${CANARY}@host:99999/db`);
  } catch (cause) {
    return cause;
  }
}

test.each([
  ["a server's answer", { cause: aDatabaseError() }],
  ["a server's answer that was dressed", { cause: new AppError("pg_refused", CANARY, { cause: aDatabaseError() }) }],
  ["a server's answer inside another error", { cause: new Error("read failed", { cause: aDatabaseError() }) }],
  ["a password by its name", { login: { user: "ada", password: CANARY } }],
  ["a cookie and a token", { headers: { Cookie: CANARY, authorization: `Bearer ${CANARY}` }, stateToken: CANARY }],
  ["a connection string", { text: `could not reach postgres://ada:${CANARY}@db:5432/app` }],
  ["a connection string in an error", { cause: new Error(`bad url "postgres://ada:${CANARY}@db/app"`) }],
  ["a connection string on an error", { cause: badUrl() }],
])("T9: %s leaves no value in the log", (_what, fields) => {
  log.error("something failed", fields);
  expect(lines.join("")).toContain("something failed");
  expect(lines.join("")).not.toContain(CANARY);
});

test("T9: what the framework prints of a failed statement is a line of the log without its values", () => {
  const saved = { ...console };
  try {
    takeOverConsole();
    console.error(" ⨯", aDatabaseError());
    expect(lines).toHaveLength(1);
    expect(lines.join("")).toContain("_bt_check_unique");
    expect(lines.join("")).not.toContain(CANARY);
  } finally {
    Object.assign(console, saved);
  }
});

test("T20: a text with line breaks and terminal codes stays one line, and one record", () => {
  log.warn("hostile", { text: 'a\n{"level":"error"}\r\n\u001b[2J\u2028b' });
  expect(lines).toHaveLength(1);
  for (const control of ["\n", "\r", "\u001b"]) expect(lines[0]?.trimEnd()).not.toContain(control);
  expect(JSON.parse(lines[0] ?? "").text).toContain("\n");
});

test("every line says when, in UTC, how bad, and what; who and under which trace id where that is known", () => {
  log.warn("refused", { traceId: "t-1", person: "local:ada" });
  const line = z
    .object({ at: z.iso.datetime(), level: z.literal("warn"), message: z.literal("refused") })
    .loose()
    .parse(JSON.parse(lines[0] ?? ""));
  expect(line).toMatchObject({ traceId: "t-1", person: "local:ada" });
});

test("an error of our own keeps its sentence and where it happened", () => {
  log.error("failed", { cause: new TypeError("x is not a function") });
  const { cause } = JSON.parse(lines[0] ?? "");
  expect(cause).toMatchObject({ name: "TypeError", message: "x is not a function" });
  expect(cause.at[0]).toContain("log.test.ts");
});
