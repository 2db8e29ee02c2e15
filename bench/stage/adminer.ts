import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { freePort } from "../../scripts/steps/free-port.ts";
import type { Cluster } from "./cluster.ts";
import { until } from "./until.ts";

const FOLDER = "/usr/share/adminer";

/** Debian's Adminer, served by PHP's own server; null with the reason where it is not there and may not be installed. */
export async function withAdminer<T>(
  cluster: Cluster,
  act: (server: { signIn: Record<string, string>; url: string; view: string }) => Promise<T>,
): Promise<T | { because: string }> {
  if (!isInstalled() && !install())
    return { because: "Adminer is not installed (apt-get install adminer php-cli php-pgsql)" };
  const port = await freePort();
  // Several at once, or the browser's second request would wait for the first.
  const env = { ...process.env, PHP_CLI_SERVER_WORKERS: "4" };
  const limits = ["-d", "memory_limit=2G", "-d", "max_execution_time=0"];
  const child = spawn("php", [...limits, "-S", `127.0.0.1:${port}`, "-t", FOLDER], {
    env,
    stdio: "ignore",
    detached: true,
  });
  try {
    const { host, username, pathname, password } = new URL(cluster.ownerUrl);
    const db = pathname.slice(1);
    const url = `http://127.0.0.1:${port}/adminer.php`;
    await until("Adminer", async () => (await fetch(url).catch(() => null)) ?? null);
    const place = `pgsql=${encodeURIComponent(host)}&username=${username}&db=${db}&ns=pg_catalog`;
    // Where the server trusts this machine any password will do; Adminer wants one.
    const signIn = { driver: "pgsql", server: host, username, password: password || "any", db };
    return await act({ url, signIn, view: `${url}?${place}&select=citus_shards&limit=&text_length=100` });
  } finally {
    if (child.pid) process.kill(-child.pid, "SIGTERM");
  }
}

const isInstalled = () => existsSync(`${FOLDER}/adminer.php`) && spawnSync("php", ["-v"]).status === 0;

function install(): boolean {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) return false;
  const packages = ["adminer", "php-cli", "php-pgsql"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { stdio: "ignore", env });
  return isInstalled();
}
