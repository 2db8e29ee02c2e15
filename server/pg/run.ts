import "server-only";
import type pg from "pg";
import type { LoginName, Target } from "@/server/clusters";
import { loseCoordinator } from "./coordinators";
import { withRemedy } from "./denied";
import { fromPgError, isStillUsable } from "./errors";
import { coordinatorFor, type Lane, poolFor } from "./pools";
import { type MessageOptions, runOn, type ServerMessage } from "./run-on";
import type { Place } from "./session";
import type { Statement } from "./sql";

export { runOn, type ServerMessage };

export type RunOptions = MessageOptions & {
  /** Another login than the statement's own: what only a superuser may ask, and what is asked for somebody else's sake. */
  as?: LoginName;
};

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
  return onPool(target, options.as ?? stmt.access, undefined, stmt.name, (client) =>
    runOn(client, stmt, params, options).catch(async (cause: unknown) => {
      throw await withRemedy(client, stmt.text, cause);
    }),
  );
}

/** Borrows a client for `use`; one that saw anything but an answer of the server is thrown away, or the pool stays poisoned, and so is one that is spent. */
export async function onPool<T>(
  target: Target,
  lane: Lane,
  address: Place | undefined,
  name: string,
  use: (client: pg.ClientBase) => Promise<T>,
  isSpent: (client: pg.ClientBase) => boolean = () => false,
): Promise<T> {
  const about = lane === "node" ? "node" : "coordinator";
  const client = await borrow(target, lane, address).catch((cause: unknown) => {
    if (about === "coordinator") loseCoordinator(target);
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
    if (broken && about === "coordinator") loseCoordinator(target);
    throw failure;
  } finally {
    client.off("error", deaf);
    client.release(broken || isSpent(client));
  }
}

async function borrow(target: Target, lane: Lane, address: Place | undefined): Promise<pg.PoolClient> {
  const where = address ?? (await coordinatorFor(target, lane));
  return poolFor(target, lane, where).connect();
}
