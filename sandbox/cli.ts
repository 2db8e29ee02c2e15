import { parseArgs } from "node:util";
import { startSandbox } from "./start.ts";
import type { EngineName, Sandbox, SandboxOptions } from "./types.ts";

const HELP = `node sandbox/cli.ts [--engine citus|stand-in] [--dir folder] [--pace test|demo] [--seed sample|none] [--no-standbys]
Starts a local Citus cluster for trying things out, and stops it with Ctrl-C.`;

function readOptions(): SandboxOptions | null {
  const { values } = parseArgs({
    options: {
      engine: { type: "string" },
      dir: { type: "string" },
      pace: { type: "string", default: "demo" },
      seed: { type: "string", default: "sample" },
      "no-standbys": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  return {
    pace: oneOf("--pace", values.pace, ["test", "demo"]),
    seed: oneOf("--seed", values.seed, ["sample", "none"]),
    standbys: !values["no-standbys"],
    ...(values.dir && { dir: values.dir }),
    ...(values.engine && { engine: oneOf<EngineName>("--engine", values.engine, ["citus", "stand-in"]) }),
  };
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (!found) throw new Error(`${name} is "${value}"; it may be ${allowed.join(" or ")}.`);
  return found;
}

function introduce(sandbox: Sandbox, seconds: number): string {
  const nodes = Object.values(sandbox.nodes).map(({ name, host, port, role, standbyOf }) => {
    const what = role === "spare" ? "running, not in the cluster yet" : standbyOf ? `standby of ${standbyOf}` : role;
    return `  ${name.padEnd(20)}${`${host}:${port}`.padEnd(18)}${what}`;
  });
  return [
    `Citus ${sandbox.engineVersion} (${sandbox.engine}) on PostgreSQL ${sandbox.postgresVersion}, started in ${seconds.toFixed(1)} s`,
    ...nodes,
    `  owner  ${sandbox.url("owner")}`,
    `  read   ${sandbox.url("read")}`,
    `  ops    ${sandbox.url("ops")}`,
    `  app    ${sandbox.url("app")}`,
    `  state  ${sandbox.stateFile}`,
    "Ctrl-C stops it.",
  ].join("\n");
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return console.log(HELP);
  const began = performance.now();
  let sandbox: Sandbox | undefined;
  const stopAsked = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      // Before it is up there is nothing to wait for: the guardian cleans up behind us.
      process.once(name, () => (sandbox ? resolve() : giveUp(name)));
    }
  });
  sandbox = await startSandbox(options);
  console.log(introduce(sandbox, (performance.now() - began) / 1000));
  const keepAlive = setInterval(() => {}, 60_000); // waiting for a signal alone does not keep Node running
  await stopAsked;
  clearInterval(keepAlive);
  await sandbox.dispose();
}

function giveUp(name: NodeJS.Signals): never {
  console.error(`Stopped by ${name} before it was up.`);
  process.exit(130);
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
