import "server-only";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";

/** A record of actions of this test file's own. Called once, at the top of the file. */
export function recordInOwnFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-record-"));
  beforeAll(() => {
    vi.stubEnv("DATA_DIR", folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}
