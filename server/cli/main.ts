import "server-only";

type Command = { run: (args: readonly string[]) => Promise<number>; HELP: string };

/** What `npm run shardboard -- <command>` knows. Each is loaded when it is asked for: a check of the audit needs no cluster. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  audit: () => import("./audit"),
  check: () => import("./check"),
  people: () => import("./people"),
  plan: () => import("./plan"),
  snapshot: () => import("./snapshot"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = COMMANDS[name];
if (load) process.exitCode = await (await load()).run(args);
else {
  const known = await Promise.all(Object.values(COMMANDS).map(async (command) => (await command()).HELP));
  const isAsked = ["help", "--help", "-h"].includes(name);
  (isAsked ? process.stdout : process.stderr).write(known.join("\n"));
  process.exitCode = isAsked ? 0 : 2;
}
