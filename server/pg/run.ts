import "server-only";
import type pg from "pg";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Address, Target } from "@/server/clusters";
import { fromPgError, isStillUsable } from "./errors";
import { type Lane, poolFor } from "./pools";
import type { Statement } from "./sql";

/** What the server says beside its rows. Citus reports a worker it had to leave out as a WARNING, and a reason for an empty answer as a NOTICE. */
export type ServerMessage = {
  /** By SQLSTATE: the word WARNING comes in the server's language. */
  isWarning: boolean;
  text: string;
  detail?: string;
  hint?: string;
};
/** successful_completion: what a NOTICE carries. */
const NO_WARNING = "00000";

export type RunOptions = { onMessage?: (message: ServerMessage) => void };

/**
 * Runs one statement on the coordinator and returns its rows, checked.
 *
 * @throws AppError, always: a driver error never leaves this function undressed.
 */
export async function run<Params, Row>(
  target: Target,
  stmt: Statement<Params, Row>,
  params: Params,
  options: RunOptions = {},
): Promise<Row[]> {
  return onPool(target, stmt.access, undefined, stmt.name, (client) => runOn(client, stmt, params, options));
}

/** Borrows a client for `use`; a client that saw anything but an answer of the server is thrown away, or the pool stays poisoned. */
export async function onPool<T>(
  target: Target,
  lane: Lane,
  address: Address | undefined,
  name: string,
  use: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const about = lane === "node" ? "node" : "coordinator";
  const client = await poolFor(target, lane, address)
    .connect()
    .catch((cause: unknown) => {
      throw fromPgError(cause, name, about);
    });
  let broken = false;
  // A checked-out client whose server dies emits as well as it rejects; with no listener Node would exit.
  const deaf = () => {
    broken = true;
  };
  client.on("error", deaf);
  try {
    return await use(client);
  } catch (cause) {
    const failure = fromPgError(cause, name, about);
    broken ||= !isStillUsable(failure);
    throw failure;
  } finally {
    client.off("error", deaf);
    client.release(broken);
  }
}

/** Runs one statement on a client that the caller holds. The only caller of `client.query` for statements. */
export async function runOn<Params, Row>(
  client: pg.ClientBase,
  stmt: Statement<Params, Row>,
  params: Params,
  { onMessage }: RunOptions = {},
): Promise<Row[]> {
  const note = (notice: {
    code?: string | undefined;
    message?: string | undefined;
    detail?: string | undefined;
    hint?: string | undefined;
  }) => {
    if (!notice.message) return;
    const { code = NO_WARNING, message: text, detail, hint } = notice;
    onMessage?.({ isWarning: code !== NO_WARNING, text, ...(detail && { detail }), ...(hint && { hint }) });
  };
  client.on("notice", note);
  try {
    const { rows } = await client.query(`/* shardboard:${stmt.name} */ ${stmt.text}`, [...stmt.values(params)]);
    return parseRows(stmt, rows);
  } catch (cause) {
    throw fromPgError(cause, stmt.name);
  } finally {
    client.off("notice", note);
  }
}

function parseRows<Params, Row>(stmt: Statement<Params, Row>, rows: unknown[]): Row[] {
  const parsed = z.array(stmt.row).safeParse(rows);
  if (parsed.success) return parsed.data;
  throw new AppError("unexpected_row", `${stmt.name}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
}
