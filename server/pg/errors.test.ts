import pg from "pg";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { relayedFailure } from "./ask-nodes";
import { fromPgError, isStillUsable } from "./errors";

/** What the driver throws for an answer of the server. */
function answer(code: string, over: { routine?: string } = {}) {
  const error = new pg.DatabaseError("the server's words", 0, "error");
  return Object.assign(error, { code, ...over });
}
const codeOf = (cause: unknown, about?: "coordinator" | "node") => fromPgError(cause, "area.verb", about).code;

test("a server that shuts down or starts up is the coordinator only where the coordinator was asked", () => {
  for (const state of ["57P01", "57P02", "57P03"]) expect(codeOf(answer(state), "node")).toBe("node_unreachable");
  expect(codeOf(answer("57P01"))).toBe("cluster_unreachable");
  expect(codeOf(answer("57P03"))).toBe("cluster_starting");
});

test("what the coordinator says of a broken connection is about a worker", () => {
  expect(codeOf(answer("08006"))).toBe("node_unreachable");
  expect(codeOf(answer("XX000", { routine: "ReportConnectionError" }))).toBe("node_unreachable");
});

test("a refusal of a worker stays what it is", () => {
  expect(codeOf(answer("42501"), "node")).toBe("pg_permission");
  expect(codeOf(answer("57014"), "node")).toBe("query_timeout");
});

test("a login without the password that the server wants is refused, not a server that does not answer", () => {
  const cause = new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string");
  expect(codeOf(cause)).toBe("login_refused");
});

test("no answer in time is silence of whoever was asked", () => {
  expect(codeOf(new Error("Query read timeout"))).toBe("cluster_silent");
  expect(codeOf(new Error("Query read timeout"), "node")).toBe("node_unreachable");
  expect(codeOf(new Error("Connection terminated due to connection timeout"))).toBe("cluster_silent");
  expect(codeOf(new Error("connect ETIMEDOUT 10.0.0.1:5432"))).toBe("cluster_unreachable");
});

test("F11: a pooler that does not know an option of ours is no silent worker", () => {
  expect(codeOf(answer("08P01"))).toBe("session_unlike");
});

test("a pool whose connections are all in use is not the coordinator's silence; a node's own is", () => {
  const full = new Error("timeout exceeded when trying to connect");
  expect(codeOf(full)).toBe("console_busy");
  expect(codeOf(full, "node")).toBe("node_unreachable");
});

test("a role that does not exist and a host that may not come in are told apart", () => {
  expect(codeOf(answer("28000", { routine: "InitializeSessionUserId" }))).toBe("login_refused");
  expect(codeOf(answer("28000", { routine: "ClientAuthentication" }))).toBe("not_admitted");
  expect(codeOf(Object.assign(new Error("getaddrinfo ENOTFOUND citus"), { code: "ENOTFOUND" }))).toBe("host_unknown");
});

test("a relayed refusal is the node's answer; a failed connection is its silence", () => {
  expect(relayedFailure('ERROR:  relation "x" does not exist')).toMatchObject({
    code: "pg_refused",
    message: 'relation "x" does not exist',
  });
  expect(relayedFailure("FEHLER:  Relation »x« existiert nicht").code).toBe("pg_refused");
  for (const words of [
    "failed to connect to 10.0.0.7:5432",
    "server closed the connection unexpectedly\n\tThis probably",
  ])
    expect(relayedFailure(words).code).toBe("node_unreachable");
});

test("a connection is kept after an answer, and thrown away after a farewell, a silence or a cut", () => {
  const isKept = (cause: unknown) => isStillUsable(fromPgError(cause, "area.verb"));
  expect(isKept(answer("42501"))).toBe(true);
  expect(isKept(new AppError("unexpected_row", "another shape", { cause: new Error("zod") }))).toBe(true);
  expect(isKept(answer("57P01"))).toBe(false);
  expect(isKept(new Error("Query read timeout"))).toBe(false);
  expect(isKept(new Error("Connection terminated unexpectedly"))).toBe(false);
});
