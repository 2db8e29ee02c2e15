import { chownSync, copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, utimesSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { run } from "../processes/run.ts";

/** One `cp` for a whole tree: it shares blocks where the file system can, and keeps owner and mode, which PostgreSQL checks. */
export async function copyTree(from: string, to: string): Promise<void> {
  await run("cp", process.platform === "linux" ? ["-a", "--reflink=auto", from, to] : ["-Rp", from, to]);
}

export async function removeTree(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/**
 * Makes a copy equal to its original again, touching only what changed since: a test changes few of a node's thousand files.
 * Every copy carries its original's time of change, so a file that was written to afterwards is told by size or time.
 */
export function revertTree(original: string, copy: string): void {
  const before = entriesOf(original);
  const now = entriesOf(copy);
  for (const path of now.keys()) {
    if (!before.has(path)) rmSync(join(copy, path), { recursive: true, force: true });
  }
  for (const [path, stat] of before) {
    const current = now.get(path);
    if (stat.isDirectory()) {
      if (!current) makeDirectory(join(copy, path), stat);
    } else if (!current || current.size !== stat.size || Math.abs(current.mtimeMs - stat.mtimeMs) > 0.5) {
      revertFile(join(original, path), join(copy, path), stat);
    }
  }
}

/** Parents stand before their children, so that a folder exists when its files are copied. */
function entriesOf(root: string): Map<string, Stats> {
  const entries = new Map<string, Stats>();
  const visit = (dir: string) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      entries.set(relative(root, path), lstatSync(path));
      if (entry.isDirectory()) visit(path);
    }
  };
  visit(root);
  return entries;
}

function makeDirectory(path: string, stat: Stats): void {
  mkdirSync(path, { mode: stat.mode });
  chownSync(path, stat.uid, stat.gid);
}

function revertFile(from: string, to: string, stat: Stats): void {
  copyFileSync(from, to);
  chownSync(to, stat.uid, stat.gid);
  utimesSync(to, stat.atime, stat.mtimeMs / 1000);
}
