import type { Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { nodeActivitySchema } from "@/lib/domain/activity-fold";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { ErrorCode } from "@/lib/errors";
import { aBackend } from "@/lib/testing/activity";
import { aWorker } from "@/lib/testing/layout";
import { ownActivity } from "@/server/sql/activity";
import { aTarget } from "@/server/testing/a-target";
import { columnsHead, type FakeAnswer, type FakeServer, rowHead, startFakeServer } from "@/server/testing/fake-server";
import { askNodes } from "./ask-nodes";
import { closePools } from "./pools";
import { forgetReach } from "./reach";

const MB = 1_048_576;

// An eighth of what is allowed: a busy machine may not move 32 MB before the node's time is over, and that would be another failure.
vi.mock("./answer-limit", async (actual) => ({
  ...(await actual<typeof import("./answer-limit")>()),
  mostBytes: () => 4 * 1_048_576,
}));

const open: FakeServer[] = [];
let made = 0;

afterEach(async () => {
  await closePools();
  forgetReach();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const login = { user: "reader", password: null };
async function asked(answer: FakeAnswer) {
  const server = await startFakeServer((sql) => (sql.includes("activity.ownSessions") ? answer : undefined));
  open.push(server);
  made += 1;
  const target = aTarget({
    clusterId: clusterIdSchema.parse(`hostile-${made}`),
    logins: { read: login, ops: login, admin: null },
  });
  const [told] = await askNodes(target, [aWorker(1, { port: server.port })], ownActivity);
  return { told, server };
}

const honest = { seesAll: true, total: 1, backends: [aBackend()], waits: [], prepared: [] };
const answering = (json: string): FakeAnswer => ({ columns: ["answer"], rows: [[json]] });
const codeOf = (told: Awaited<ReturnType<typeof asked>>["told"]): ErrorCode | "ok" | undefined =>
  told && (told.ok ? "ok" : told.problem.code);

describe("T27: a node that means harm", () => {
  test("one that answers as a node does is believed", async () => {
    const { told, server } = await asked(answering(JSON.stringify(honest)));
    expect(told).toMatchObject({ ok: true, by: "direct", value: honest });
    expect(server.seen.some((sql) => sql.startsWith("/* shardboard:activity.ownSessions */"))).toBe(true);
  });

  test("a node may answer 32 MB, the coordinator more", async () => {
    const { mostBytes } = await vi.importActual<typeof import("./answer-limit")>("./answer-limit");
    expect([mostBytes("node"), mostBytes("check"), mostBytes("read")]).toEqual([32 * MB, 32 * MB, 256 * MB]);
  });

  test("a row of 1 GB is cut off at the limit, while it is still being sent, and the node is marked", async () => {
    let sent = 0;
    const write = (socket: Socket) => {
      socket.write(columnsHead(["answer"]));
      socket.write(rowHead(1024 * MB));
      const part = Buffer.alloc(MB, "x");
      const more = () => {
        while (sent < 1024 && !socket.destroyed) {
          sent += 1;
          if (!socket.write(part)) return void socket.once("drain", more);
        }
      };
      more();
    };
    const { told } = await asked({ write });
    expect(codeOf(told)).toBe("answer_too_large");
    expect(sent).toBeLessThan(50);
  });

  test("rows without end and notices without end are cut off as well", async () => {
    const notices = (socket: Socket) => {
      const notice = Buffer.concat([
        Buffer.from("N"),
        Buffer.from([0, 1, 0, 12]),
        Buffer.from(`M${"x".repeat(65_542)}\0\0`),
      ]);
      const more = () => {
        while (!socket.destroyed) if (!socket.write(notice)) return void socket.once("drain", more);
      };
      more();
    };
    expect(codeOf((await asked({ write: notices })).told)).toMatch(/answer_too_large|node_unreachable/);
    const rows = Array.from({ length: 24 }, () => ["x".repeat(MB / 4)]);
    expect(codeOf((await asked({ columns: ["answer"], rows })).told)).toBe("answer_too_large");
  });

  const many = (count: number) => ({
    ...honest,
    backends: Array.from({ length: count }, () => ({ ...aBackend(), query: "" })),
  });
  test.each<[string, string, ErrorCode]>([
    ["no JSON", "{", "unexpected_row"],
    ["NaN", JSON.stringify(honest).replace('"total":1', '"total":NaN'), "unexpected_row"],
    ["Infinity", JSON.stringify(honest).replace('"total":1', '"total":1e999'), "unexpected_row"],
    ["a text for a number", JSON.stringify({ ...honest, total: "1" }), "unexpected_row"],
    ["a list for an object", "[]", "unexpected_row"],
    ["null", "null", "unexpected_row"],
    ["a million brackets", "[".repeat(1_000_000), "unexpected_row"],
    ["a pid below 0", JSON.stringify({ ...honest, backends: [aBackend({ pid: -7 })] }), "unexpected_row"],
    [
      "a pid of another node",
      JSON.stringify({ ...honest, backends: [aBackend({ pid: 10_000_000_001 })] }),
      "unexpected_row",
    ],
    ["more processes than are listed", JSON.stringify(many(5_001)), "unexpected_row"],
  ])("%s instead of an answer marks the node, in few words", async (_, json, code) => {
    const { told } = await asked(answering(json));
    expect(codeOf(told)).toBe(code);
    expect(JSON.stringify(told).length).toBeLessThan(5_000);
  });

  test("__proto__ and constructor in an answer reach no prototype, and nothing beyond", async () => {
    const poison = JSON.stringify(honest).replace(
      "{",
      '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},',
    );
    const { told } = await asked(answering(poison));
    expect(told).toMatchObject({ ok: true, value: honest });
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(told?.ok && (told.value as unknown as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  test("names and statements of megabytes are cut to what PostgreSQL itself would keep", async () => {
    const long = "x".repeat(2 * MB);
    const { told } = await asked(
      answering(JSON.stringify({ ...honest, backends: [aBackend({ query: long, application: long })] })),
    );
    expect(told?.ok && told.value.backends[0]).toMatchObject({
      query: "x".repeat(4_096),
      application: "x".repeat(250),
    });
  });

  test("an error of megabytes is told in its first words", async () => {
    const { told } = await asked({ error: "x".repeat(2 * MB), sqlState: "XX000" });
    expect(codeOf(told)).toBe("pg_refused");
    expect(JSON.stringify(told).length).toBeLessThan(5_000);
  });
});

test("F22: of 100,000 processes the first 5,000 are taken, and how many there are is said", () => {
  const backends = Array.from({ length: 5_000 }, (_, pid) => aBackend({ pid }));
  expect(nodeActivitySchema.safeParse({ ...honest, total: 100_000, backends }).success).toBe(true);
});
