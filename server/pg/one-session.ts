import "server-only";
import type pg from "pg";
import type { LoginName, Target } from "@/server/clusters";
import { fromPgError } from "./errors";
import { proveSession } from "./prove-session";
import { type Place, Session } from "./session";

const PATIENCE_MS = 5_000;

/** Opens a read-only session of its own with one of the logins at one address, and closes it afterwards. @throws AppError */
export async function withOneSession<T>(
  target: Target,
  login: LoginName,
  address: Place,
  use: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const settings = { statement_timeout: PATIENCE_MS, lock_timeout: 500, default_transaction_read_only: "on" };
  const about = address.registered === undefined ? "coordinator" : "node";
  const spec = { target, login, purpose: about === "node" ? "node" : "check", address, settings } as const;
  const client = new Session({ ...spec, connectMs: PATIENCE_MS, queryMs: PATIENCE_MS + 500 });
  client.on("error", () => {}); // what is under way fails with the same cause
  try {
    await client.connect();
    await proveSession(client);
    return await use(client);
  } catch (cause) {
    throw fromPgError(cause, "session.open", about);
  } finally {
    client.end().catch(() => {}); // a connection that ends badly adds nothing to what was learnt
  }
}
