import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { PLAYWRIGHT, ROOT } from "./paths.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * A Chromium for the browser tests: CHROMIUM_PATH, one on PATH, or Playwright's own; else it is installed, from Debian
 * as root or by Playwright. Throws the sentence that names the command where none of it may be done.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.log("Installing Chromium for the browser tests …");
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (isRoot && hasApt) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const quiet = { stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"], env };
    spawnSync("apt-get", ["update", "-qq"], quiet);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
  } else {
    spawnSync(process.execPath, [PLAYWRIGHT, "install", "chromium"], { cwd: ROOT, stdio: "inherit" });
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    isRoot || !hasApt
      ? "There is no Chromium and it could not be installed. Install one, or name it: CHROMIUM_PATH=/path/to/chromium."
      : "There is no Chromium and this account may not install one. Run: sudo apt-get install chromium",
  );
}

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH is "${given}", and there is no such file.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (onPath) return onPath;
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}
