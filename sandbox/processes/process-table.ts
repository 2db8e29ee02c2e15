import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** `started` tells two processes apart that had the same id, one after the other. */
type Entry = { pid: number; parent: number; state: string; started: string };

const HAS_PROC = existsSync("/proc/self/stat"); // a small Linux container has /proc but often no ps

function readEntry(pid: number): Entry | null {
  if (!HAS_PROC) return fromPs(["-p", String(pid)])[0] ?? null;
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null; // no such process: that is the answer
  }
  // The name in parentheses may hold spaces, so count from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { pid, state: fields[0] ?? "", parent: Number(fields[1]), started: fields[19] ?? "" };
}

function fromPs(selection: string[]): Entry[] {
  let text: string;
  try {
    text = execFileSync("ps", [...selection, "-o", "pid=,ppid=,state=,lstart="], { encoding: "utf8", stdio: "pipe" });
  } catch {
    return []; // ps fails when the process is gone
  }
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, state, ...started] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), state: state ?? "", started: started.join(" ") };
    });
}

function allEntries(): Entry[] {
  if (!HAS_PROC) return fromPs(["-ax"]);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readEntry(Number(name)))
    .filter((entry) => entry !== null);
}

/** A zombie has ended; only its parent has not asked yet. */
export function isAlive(pid: number): boolean {
  const entry = readEntry(pid);
  return entry !== null && !entry.state.startsWith("Z");
}

export function startedAt(pid: number): string | null {
  return readEntry(pid)?.started ?? null;
}

export function childrenOf(pid: number): number[] {
  return allEntries()
    .filter((entry) => entry.parent === pid)
    .map((entry) => entry.pid);
}

export function commandLine(pid: number): string {
  try {
    if (HAS_PROC) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8", stdio: "pipe" });
  } catch {
    return ""; // gone
  }
}

/** Of every process of the machine, with its arguments. */
export function allCommandLines(): string[] {
  return allEntries()
    .filter((entry) => !entry.state.startsWith("Z"))
    .map((entry) => commandLine(entry.pid));
}

/** Signals a process that may end at any moment. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause;
  }
}
