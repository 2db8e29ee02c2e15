import { parseArgs } from "node:util";
import { startSandbox } from "./start.ts";
import type { EngineName, Sandbox, SandboxOptions, ScaleSeed } from "./types.ts";

const HELP = `node sandbox/cli.ts [--engine citus|stand-in] [--dir folder] [--pace test|demo] [--seed sample|none] [--no-standbys] [--again]
  [--shards 100000 [--tables 790] [--nodes 300] [--shape mixed|alone|together]]
Starts a local Citus cluster for trying things out, and stops it with Ctrl-C. --again starts what is left in the folder of a former one.
--shards adds a layout of that many shards, --nodes registers that many workers (stand-in only): docs/engines.md says what of it is real.`;

function readOptions(): SandboxOptions | null {
  const { values } = parseArgs({
    options: {
      engine: { type: "string" },
      dir: { type: "string" },
      pace: { type: "string", default: "demo" },
      seed: { type: "string", default: "sample" },
      again: { type: "boolean", default: false },
      shards: { type: "string" },
      tables: { type: "string" },
      nodes: { type: "string" },
      shape: { type: "string", default: "mixed" },
      "no-standbys": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  return {
    pace: oneOf("--pace", values.pace, ["test", "demo"]),
    seed: scaleOf(values) ?? oneOf<"sample" | "none">("--seed", values.seed, ["sample", "none"]),
    again: values.again,
    standbys: !values["no-standbys"],
    ...(values.dir && { dir: values.dir }),
    ...(values.engine && { engine: oneOf<EngineName>("--engine", values.engine, ["citus", "stand-in"]) }),
  };
}

type Asked = { shards?: string | undefined; tables?: string | undefined; nodes?: string | undefined; shape: string };

function scaleOf({ shards, tables, nodes, shape }: Asked): ScaleSeed | null {
  if (shards === undefined && nodes === undefined) return null;
  return {
    shards: countOf("--shards", shards ?? "1000"),
    ...(tables !== undefined && { tables: countOf("--tables", tables) }),
    ...(nodes !== undefined && { nodes: countOf("--nodes", nodes) }),
    shape: oneOf("--shape", shape, ["mixed", "alone", "together"]),
  };
}

function countOf(name: string, value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new Error(`${name} is "${value}"; it is a count.`);
  return Number(value);
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
