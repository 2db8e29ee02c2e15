import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { settingsViewSql } from "./settings-view.ts";

const SOURCES = new URL("./extension/", import.meta.url);
const SCRIPT = "citus--13.2-1.sql";

/**
 * Writes the extension `citus` into a folder of its own: start PostgreSQL 18 with
 * `extension_control_path = '<targetDir>:$system'` and `create extension citus` finds it there.
 * The files must be readable by the user the servers run as.
 */
export async function installExtension(targetDir: string): Promise<void> {
  const folder = join(targetDir, "extension");
  await mkdir(folder, { recursive: true });
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith(".sql")).sort();
  const parts = await Promise.all(names.map((name) => readFile(new URL(name, SOURCES), "utf8")));
  await writeFile(join(folder, SCRIPT), [...parts, settingsViewSql()].join("\n"), { mode: 0o644 });
  await writeFile(join(folder, "citus.control"), await readFile(new URL("citus.control", SOURCES)), { mode: 0o644 });
}
