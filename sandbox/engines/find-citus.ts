import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where a search for a real Citus ended. `because` is a sentence for whoever asked for it. */
export type Found = { bin: string } | { bin: null; because: string };

function ask(pgConfig: string, what: string): string | null {
  try {
    return execFileSync(pgConfig, [what], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null; // not there, or not runnable: another candidate may be
  }
}

function subfolders(parent: string, pattern: RegExp, below: string): string[] {
  if (!existsSync(parent)) return [];
  const byVersion = (name: string) => Number(/(\d+)$/.exec(name)?.[1] ?? 0);
  const names = readdirSync(parent).filter((name) => pattern.test(name));
  return names.sort((a, b) => byVersion(b) - byVersion(a)).map((name) => join(parent, name, below));
}

/** The usual places, newest PostgreSQL first: PATH, Debian, PGDG on Red Hat, Homebrew, built by hand. */
function usualFolders(): string[] {
  return [
    ask("pg_config", "--bindir"),
    ...subfolders("/usr/lib/postgresql", /^\d+$/, "bin"),
    ...subfolders("/usr", /^pgsql-\d+$/, "bin"),
    ...subfolders("/opt/homebrew/opt", /^postgresql@\d+$/, "bin"),
    ...subfolders("/usr/local/opt", /^postgresql@\d+$/, "bin"),
    "/usr/local/pgsql/bin",
  ].filter((folder) => folder !== null);
}

/** null: usable. Otherwise what is missing. */
function lacks(bin: string): string | null {
  for (const program of ["postgres", "initdb"]) {
    if (!existsSync(join(bin, program))) return `${bin} holds no ${program}`;
  }
  const library = ask(join(bin, "pg_config"), "--pkglibdir") ?? join(bin, "..", "lib");
  const isThere = ["citus.so", "citus.dylib"].some((name) => existsSync(join(library, name)));
  return isThere ? null : `${library} holds no citus.so`;
}

export function findCitus(): Found {
  const named = process.env.SANDBOX_PGBIN;
  if (named) {
    const missing = lacks(named);
    return missing
      ? { bin: null, because: `SANDBOX_PGBIN names no PostgreSQL with Citus: ${missing}.` }
      : { bin: named };
  }
  const bin = usualFolders().find((folder) => lacks(folder) === null);
  if (bin) return { bin };
  return {
    bin: null,
    because:
      "No PostgreSQL with Citus was found on this machine (pg_config on PATH, the usual folders of Debian, PGDG and Homebrew). " +
      "Install Citus, or name the folder of its postgres in SANDBOX_PGBIN.",
  };
}
