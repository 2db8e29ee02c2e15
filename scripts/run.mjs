// The first step of every npm command. Runs on any Node from 18 on, installs what is missing, and goes on under Node 24.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const installed = join(root, "node_modules", ".installed-from");
const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

/** 24.15 is where type stripping, node:sqlite and argon2 are all there without a flag. */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 15);
}

function install() {
  if (existsSync(installed) && readFileSync(installed, "utf8") === lock) return;
  // To standard error, npm's words too: what a command answers on standard output may be read by a program.
  console.error("Installing the packages of package-lock.json …");
  // `npm ci` refuses a lockfile in which a registry's mirror lacked packages of other platforms; `install` takes the lockfile's
  // versions all the same, and --no-save leaves the lockfile as it is. --include: a NODE_ENV or a setting that leaves out
  // development packages would leave out the compiler and the sandbox.
  const options = ["--no-save", "--include=dev", "--include=optional", "--no-fund", "--no-audit"];
  const { status } = spawnSync("npm", ["install", ...options], {
    cwd: root,
    stdio: ["ignore", process.stderr, "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(installed, lock);
}

/** The Node that goes on: this one, or the one that came with the packages. */
function findNode() {
  if (isNewEnough(process.version)) return process.execPath;
  try {
    const packaged = createRequire(join(root, "package.json")).resolve(
      `node-${process.platform}-${process.arch}/bin/node`,
    );
    const { stdout } = spawnSync(packaged, ["--version"], { encoding: "utf8" });
    if (stdout && isNewEnough(stdout.trim())) return packaged;
  } catch {
    // not packaged for this platform: the sentence below says what to do
  }
  console.error(
    `Shardboard needs Node.js 24.15 or newer; this is ${process.version}. Install it from https://nodejs.org and repeat the command.`,
  );
  process.exit(1);
}

install();
const node = findNode();
const [command, ...rest] = process.argv.slice(2);
// Where npm was called is what a path on the command line is relative to; npm itself has gone to the project's folder.
const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
const child = spawn(node, [join(root, "scripts", `${command}.ts`), ...rest], { cwd: root, stdio: "inherit", env });
// A terminal sends Ctrl-C to the whole group; whoever signals only us must reach the child too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
