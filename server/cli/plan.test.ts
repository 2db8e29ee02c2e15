import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { run } from "./plan";

const folder = mkdtempSync(join(tmpdir(), "plan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (id: number) => ({ id, host: `n${id}`, port: 5432 });
const snapshot = {
  nodes: [node(1), node(2)],
  shards: [1, 2, 3, 4].map((id) => ({ id, nodeId: 1, bytes: id * 1e9 })),
};

function file(content: unknown): string {
  const path = join(folder, "snapshot.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const said = { out: "", err: "" };
beforeEach(() => {
  vi.restoreAllMocks();
  Object.assign(said, { out: "", err: "" });
  const into = (stream: "out" | "err") => (text: string | Uint8Array) => {
    said[stream] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(into("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(into("err"));
});

async function plan(content: unknown, ...options: string[]) {
  Object.assign(said, { out: "", err: "" });
  const code = await run([file(content), ...options]);
  return { code, ...said };
}
const answerOf = async (...options: string[]) => JSON.parse((await plan(snapshot, "--json", ...options)).out);

test("--json answers with the moves and both states, and nothing else is on standard output", async () => {
  const { code, out, err } = await plan(snapshot, "--json", "--strategy", "by_shard_count");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n")).toHaveLength(2);
  expect(JSON.parse(out)).toEqual({
    moves: [
      { shardId: 1, from: 1, to: 2, bytes: 1e9 },
      { shardId: 2, from: 1, to: 2, bytes: 2e9 },
    ],
    before: [
      { nodeId: 1, shardGroups: 4, bytes: 10e9, cost: 4, utilization: 4 },
      { nodeId: 2, shardGroups: 0, bytes: 0, cost: 0, utilization: 0 },
    ],
    after: [
      { nodeId: 1, shardGroups: 2, bytes: 7e9, cost: 2, utilization: 2 },
      { nodeId: 2, shardGroups: 2, bytes: 3e9, cost: 2, utilization: 2 },
    ],
  });
});

test("new nodes get the ids after the highest, a drained one is emptied, and the most moves end the search", async () => {
  const grown = await answerOf("--add-nodes", "2", "--strategy", "by_shard_count");
  expect(grown.after.map((one: { nodeId: number; shardGroups: number }) => [one.nodeId, one.shardGroups])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 1],
  ]);
  const drained = await answerOf("--drain", "1");
  expect(drained.moves).toHaveLength(4);
  expect((await answerOf("--max-moves", "1")).moves).toHaveLength(1);
  expect((await answerOf("--drain-only")).moves).toEqual([]);
  expect((await answerOf("--threshold", "2")).moves).toEqual([]);
});

test("for people: what it comes to, each move, each node", async () => {
  const { out } = await plan(snapshot);
  expect(out).toMatch(
    /^\d moves?, [\d.]+ GB, by by_disk_size\.\n\n1\. {2}shard 4 {2}n1:5432 \(1\) {2}→ {2}n2:5432 \(2\)/,
  );
  expect((await plan({ nodes: [node(1)], shards: [] })).code).toBe(0);
});

test.each([
  [["--strategy", "mine"], "--strategy must be by_shard_count or by_disk_size; it is mine."],
  [["--threshold", "much"], "--threshold must be a number of 0 or more; it is much."],
  [["--max-moves", "1.5"], "--max-moves must be a whole number; it is 1.5."],
  [["--add-nodes", "1e9"], "--add-nodes must be at most 10000; it is 1000000000."],
  [["--drain", "7"], "--drain must be the id of a node of the file; no node has 7."],
  [["--fast"], "Unknown option '--fast'"],
])("%j is refused with a sentence, code 2 and no answer", async (options, sentence) => {
  const { code, out, err } = await plan(snapshot, ...options);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(sentence);
});

test("a file that is none, is no JSON, or has a bad field is refused with a sentence and code 2", async () => {
  expect(await run([join(folder, "none.json")])).toBe(2);
  expect(said.err).toContain("none.json cannot be read");
  expect(await plan("{")).toMatchObject({ code: 2, err: expect.stringContaining("snapshot.json is not JSON") });
  const { code, err } = await plan({ nodes: [node(1)], shards: [{ id: 1, nodeId: 2 }] });
  expect(code).toBe(2);
  expect(err).toContain("snapshot.json: shards[0].nodeId must be the id of a node; no node has 2.\n");
});

test("the command answers without a configuration, in the folder in which it was called, and keeps standard output clean", () => {
  file(snapshot);
  const entry = join(process.cwd(), "scripts/run.mjs");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [entry, "shardboard", "plan", "snapshot.json", "--json", "--strategy", "by_shard_count"],
    {
      cwd: folder,
      env: { NODE_ENV: "test", PATH: process.env.PATH, SHARDBOARD_CONFIG: join(folder, "none.yaml") },
      encoding: "utf8",
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).moves).toHaveLength(2);
}, 60_000);
