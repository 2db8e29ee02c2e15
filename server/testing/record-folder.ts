import "server-only";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

/** A record of actions of this file's own; gone when the process of the tests ends. */
export function recordInOwnFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-record-"));
  vi.stubEnv("DATA_DIR", folder);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
