import { readFileSync } from "node:fs";

/** PostgreSQL refuses to run as root, so root hands its processes to somebody else. */
export type Account = { name: string; uid: number; gid: number };

/** null: run as whoever we are. */
export function chooseAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody.");
}

export const spawnAs = (account: Account | null) => (account ? { uid: account.uid, gid: account.gid } : {});
