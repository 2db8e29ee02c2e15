import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isAlive, startedAt } from "../processes/process-table.ts";

export const MARKER = ".shardboard-sandbox";
const PREFIX = "shardboard-sandbox-";

/** Written before anything else, so that a folder without it was never ours and is not touched. */
type Marker = { ownerPid: number; ownerStarted: string | null; keep: boolean };

function readMarker(dir: string): Marker | null {
  const file = join(dir, MARKER);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Marker) : null;
}

function ownerLives(marker: Marker): boolean {
  return isAlive(marker.ownerPid) && startedAt(marker.ownerPid) === marker.ownerStarted;
}

export type OwnFolder = { dir: string; keep: boolean; isStale: boolean };

/** Takes possession of a folder: a new one, an empty one, or what a sandbox that was cut off left behind. */
export function takeFolder(wanted: string | undefined): OwnFolder {
  const dir = realpathSync(wanted === undefined ? mkdtempSync(join(tmpdir(), PREFIX)) : makeFolder(resolve(wanted)));
  const marker = readMarker(dir);
  if (!marker && readdirSync(dir).length > 0) {
    throw new Error(
      `${dir} is not empty and was not made by a Shardboard sandbox. Nothing in it was changed; name another folder.`,
    );
  }
  if (marker && ownerLives(marker)) {
    throw new Error(
      `A sandbox is already running in ${dir} (process ${marker.ownerPid}). Stop it first, or name another folder.`,
    );
  }
  chmodSync(dir, 0o755); // the servers may run under another account and must get through
  const keep = wanted !== undefined;
  const own: Marker = { ownerPid: process.pid, ownerStarted: startedAt(process.pid), keep };
  writeFileSync(join(dir, MARKER), JSON.stringify(own));
  return { dir, keep, isStale: marker !== null };
}

function makeFolder(dir: string): string {
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Whether a folder is a sandbox's, and whether its caller wants to keep it. null: not ours, hands off. */
export function markerOf(dir: string): { keep: boolean } | null {
  return readMarker(dir);
}

/** Sandboxes among the temporary files whose owner is gone (a power cut, `kill -9` of everything), of this user only. */
export function abandonedFolders(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(realpathSync(tmpdir()), name))
    .filter((dir) => {
      try {
        if (statSync(dir).uid !== process.getuid?.()) return false;
        const marker = readMarker(dir);
        return marker !== null && !ownerLives(marker);
      } catch {
        return false; // it went away while we looked, or is half written: not ours to judge
      }
    });
}
