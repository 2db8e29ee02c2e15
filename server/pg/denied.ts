import "server-only";
import type pg from "pg";
import { AppError, isAppError } from "@/lib/errors";
import { lacking } from "@/server/sql/denied";
import { runOn } from "./run-on";

/** Every word of a statement may be the name of something it uses; the server knows which are. */
const WORDS = /\b[a-z_][a-z0-9_]*\b/g;

/**
 * The same failure; where a right was missing (42501), with the GRANT that gives it. What cannot be found out adds nothing: the
 * server's own words stand.
 */
export async function withRemedy(client: pg.ClientBase, text: string, failure: unknown): Promise<unknown> {
  if (!isAppError(failure) || failure.code !== "pg_permission") return failure;
  const names = [...new Set(Array.from(text.matchAll(WORDS), ([name]) => name))];
  const [found] = await runOn(client, lacking, { names }).catch(() => []);
  const remedy = found && grants(found);
  if (!remedy) return failure;
  const { message, cause, sqlState, serverDetail, serverHint } = failure;
  return new AppError("pg_permission", message, {
    cause,
    remedy,
    ...(sqlState && { sqlState }),
    ...(serverDetail && { serverDetail }),
    ...(serverHint && { serverHint }),
  });
}

type Found = { login: string; is_monitor: boolean; relations: readonly string[]; functions: readonly string[] };

function grants({ login, is_monitor, relations, functions }: Found): string {
  const to = /^[a-z_][a-z0-9_]*$/.test(login) ? login : `"${login.replaceAll('"', '""')}"`;
  const lines = [
    ...relations.map((name) => `GRANT SELECT ON ${qualified(name)} TO ${to};`),
    ...functions.map((name) => `GRANT EXECUTE ON FUNCTION ${qualified(name)} TO ${to};`),
  ];
  if (lines.length === 0 && !is_monitor) lines.push(`GRANT pg_monitor TO ${to};`);
  return lines.join("\n");
}

/** The session's search_path begins with pg_catalog, so the server leaves it out. */
const qualified = (name: string) => (name.startsWith("pg_catalog.") ? name : `pg_catalog.${name}`);
