import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { storeStatement } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { openSqlite } from "@/server/store/sqlite";
import { state } from "@/server/store/state";
import { ownState } from "@/server/testing/own-state";
import { acknowledgeInside, appendAudit, appendInside } from "./append";
import { tellNext } from "./stdout";
import { auditCheck, stopWatchingAudit, watchAudit } from "./watch";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const sql = (text: string) => storeStatement({ text, row: z.looseObject({}) });
const put = async (...texts: string[]) => {
  for (const text of ["drop trigger audit_is_only_added_to", "drop trigger audit_is_never_removed", ...texts])
    await (await state()).all(sql(text));
};

describe("the console checks its own audit", () => {
  ownState();
  afterEach(() => {
    stopWatchingAudit();
    vi.useRealTimers();
  });

  async function watched(records: number) {
    for (let index = 0; index < records; index += 1) await appendAudit({ kind: "refused", details: { index } });
    vi.useFakeTimers({ toFake: ["setInterval", "Date"] });
    await watchAudit();
  }
  const aMinuteLater = async () => {
    const before = auditCheck().checkedAt;
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(auditCheck().checkedAt).not.toBe(before));
  };

  test("at the start, and says up to which record it fits; the start is a record itself", async () => {
    await watched(3);
    expect(auditCheck()).toMatchObject({ from: 1, to: 4, misfit: null, problem: null });
    await appendAudit({ kind: "refused" });
    await aMinuteLater();
    expect(auditCheck()).toMatchObject({ from: 1, to: 5, misfit: null });
  });

  test("F20: a record that does not fit at the start is named, and stays named until somebody acknowledged it", async () => {
    for (let index = 0; index < 3; index += 1) await appendAudit({ kind: "refused", details: { index } });
    await put("update audit set kind = 'raw-read' where seq = 2");
    vi.useFakeTimers({ toFake: ["setInterval", "Date"] });
    await watchAudit();
    expect(auditCheck().misfit).toMatchObject({ seq: 2 });
    await aMinuteLater();
    expect(auditCheck().misfit).toMatchObject({ seq: 2 });
    await (await state()).transaction((inside) => acknowledgeInside(inside, { by: "Ada", because: "seen" }));
    await aMinuteLater();
    expect(auditCheck()).toMatchObject({ from: 5, to: 5, misfit: null });
  });

  test("an end that is cut off while the console runs is noticed, also when new records took its place", async () => {
    await watched(5);
    await put("delete from audit where seq > 3");
    await appendAudit({ kind: "refused", details: { new: true } });
    await appendAudit({ kind: "refused", details: { new: true } });
    await aMinuteLater();
    expect(auditCheck().misfit).not.toBeNull();
  });
});

test("T20: on standard output every record comes once and in order, of two consoles one writes it, and none that was rolled back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-told-"));
  const [one, other] = [openSqlite(join(folder, "s"), "NORMAL"), openSqlite(join(folder, "s"), "NORMAL")];
  await migrate(one, STATE_MIGRATIONS);
  const lines: string[] = [];
  const name = 'Eve\n{"seq":1}\u001b[2K\u009b‮';
  for (let index = 0; index < 20; index += 1) {
    const actor = { id: "local:eve", name, sessionId: "s", from: "::1" };
    await one.transaction((inside) => appendInside(inside, { kind: "refused", actor, details: { index } }));
    const back = one.transaction(async (inside) => {
      await appendInside(inside, { kind: "signed-in" });
      throw new Error("back");
    });
    await expect(back).rejects.toThrow("back");
    if (index % 3 === 0)
      await Promise.all([one, other].map((console) => tellNext(console, (line) => lines.push(line))));
  }
  while ((await tellNext(other, (line) => lines.push(line))) > 0);
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(JSON.parse(lines[0] ?? "").actor.name).toBe(name);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  await Promise.all([one.close(), other.close()]);
  rmSync(folder, { recursive: true });
});

describe("shardboard audit", () => {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-cli-"));
  const file = join(folder, "export.jsonl");
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const audit = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "./scripts/hooks.mjs", "server/cli/main.ts", "audit", ...args], {
      cwd: ROOT,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", DATA_DIR: folder },
    });

  test("exports what verify finds whole, names what was changed, and notices an end that was cut off by the head of the log", {
    timeout: 60_000,
  }, async () => {
    const database = openSqlite(join(folder, "state.sqlite"), "FULL");
    await migrate(database, STATE_MIGRATIONS);
    for (let index = 0; index < 5; index += 1)
      await database.transaction((inside) => appendInside(inside, { kind: "refused", details: { index } }));
    await database.close();

    const { stdout: exported, stderr } = audit("export");
    const [head = ""] = /5:[0-9a-f]{64}/.exec(stderr) ?? [];
    writeFileSync(file, exported);
    expect(audit("verify", file)).toMatchObject({ status: 0, stdout: `5 records fit. The head is ${head}.\n` });
    writeFileSync(file, exported.replace('"index":2', '"index":7'));
    expect(audit("verify", file)).toMatchObject({ status: 1, stdout: expect.stringContaining("record #3: its hash") });
    writeFileSync(file, `${exported.split("\n").slice(0, 4).join("\n")}\n`);
    expect(audit("verify", file, "--head", head).stdout).toContain("its end was cut off");
    expect(audit("acknowledge", "--by", "Ada", "--because", "seen").stderr).toContain("nothing to acknowledge");
    expect(audit("verify").status).toBe(0);
  });
});
