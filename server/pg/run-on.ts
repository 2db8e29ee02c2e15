import "server-only";
import pg from "pg";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { clusterLabel } from "@/server/telemetry/cluster-label";
import { count } from "@/server/telemetry/counters";
import { faultsOf, fromPgError } from "./errors";
import { Session } from "./session";
import type { Statement } from "./sql";
import { noteWork } from "./work-meter";

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

export type MessageOptions = { onMessage?: (message: ServerMessage) => void };

/** Runs one statement on a client that the caller holds. The only caller of `client.query` for statements. */
export async function runOn<Params, Row>(
  client: pg.ClientBase,
  stmt: Statement<Params, Row>,
  params: Params,
  { onMessage }: MessageOptions = {},
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
  count("statements", [client instanceof Session ? clusterLabel(client.spec.target.clusterId) : "other"]);
  const began = performance.now();
  try {
    const { rows } = await client.query(`/* shardboard:${stmt.name} */ ${stmt.text}`, [...stmt.values(params)]);
    noteAnswer(client, began);
    return parseRows(stmt, rows);
  } catch (cause) {
    if (cause instanceof pg.DatabaseError) noteAnswer(client, began);
    throw fromPgError(cause, stmt.name);
  } finally {
    client.off("notice", note);
  }
}

/** Whatever it answered, it worked for it. */
export function noteAnswer(client: pg.ClientBase, began: number): void {
  if (client instanceof Session) noteWork(client.spec.address, performance.now() - began);
}

function parseRows<Params, Row>(stmt: Statement<Params, Row>, rows: unknown[]): Row[] {
  const parsed = z.array(stmt.row).safeParse(rows);
  if (parsed.success) return parsed.data;
  throw new AppError("unexpected_row", `${stmt.name}: ${faultsOf(parsed.error)}`, { cause: parsed.error });
}
