import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { beginInstance, endInstance, instanceId, livingInstances } from "./instance";
import { holdFile } from "./sqlite";
import { closeState, state } from "./state";

const configured = vi.hoisted(() => ({ DATA_DIR: "" }));
vi.mock("@/server/env", () => ({ env: () => configured, secretOf: () => undefined }));

const folders: string[] = [];
function inAFolder(): string {
  configured.DATA_DIR = mkdtempSync(join(tmpdir(), "shardboard-instance-"));
  folders.push(configured.DATA_DIR);
  return join(configured.DATA_DIR, "in-use.sqlite");
}
afterEach(async () => {
  await endInstance();
  await closeState();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("a console has its data folder for itself until it ends, and is the only one alive on it", async () => {
  const file = inAFolder();
  await beginInstance();
  expect(holdFile(file)).toBeNull();
  expect([...(await livingInstances(await state()))]).toEqual([instanceId()]);
  const former = instanceId();
  await endInstance();
  const release = holdFile(file);
  expect(release).not.toBeNull();
  release?.();
  expect(instanceId()).not.toBe(former);
});

test("a successor that comes before its predecessor has ended waits for it", async () => {
  const release = holdFile(inAFolder());
  let hasBegun = false;
  const beginning = beginInstance().then(() => {
    hasBegun = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(hasBegun).toBe(false);
  release?.();
  await beginning;
  expect(hasBegun).toBe(true);
});
