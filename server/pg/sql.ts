import "server-only";
import type { z } from "zod";

declare const sqlText: unique symbol;
/** SQL written in this repository. A plain string is not assignable, so nothing a user typed can become SQL by accident. */
export type SqlText = string & { readonly [sqlText]: true };

/** Interpolates other SqlText only. Values never go in here: they travel as $1, $2, … */
export function sql(strings: TemplateStringsArray, ...parts: SqlText[]): SqlText {
  return String.raw(strings, ...parts) as SqlText;
}

/** Quotes a name that is only known at run time (a table the user picked). Always quotes: no keyword list to keep. */
export function identifier(name: string): SqlText {
  return `"${name.replaceAll('"', '""')}"` as SqlText;
}

/** Whole numbers for what takes no parameters (a question for nodes, ALTER SYSTEM), comma-separated and quoted. @throws where one is no whole number */
export function wholeNumbers(values: readonly number[]): SqlText {
  const wrong = values.find((value) => !Number.isSafeInteger(value));
  if (wrong !== undefined) throw new Error(`${wrong} is no whole number`);
  return values.map((value) => `'${value}'`).join(", ") as SqlText;
}

/** A value that may travel as a parameter. Arrays become PostgreSQL arrays. */
export type SqlValue = string | number | boolean | null | readonly (string | number)[];

export type Statement<Params, Row> = {
  /** "area.verb": the label in logs, the record and the query's leading comment. */
  name: `${string}.${string}`;
  /** Which login runs it. `read` needs pg_monitor and nothing else; its sessions are read-only as well, but the login is the wall. */
  access: "read" | "ops";
  /** Whether running it makes Citus open connections to workers. */
  fanOut: "none" | "all-nodes";
  text: SqlText;
  values: (params: Params) => readonly SqlValue[];
  row: z.ZodType<Row>;
};

export function statement<Row, Params = void>(definition: Statement<Params, Row>): Statement<Params, Row> {
  return definition;
}

/**
 * A question that any node can answer about itself: one row with one column `answer`, JSON as text, no parameters.
 * So the same words can be sent to the node directly or through run_command_on_all_nodes.
 */
export type NodeQuestion<Answer> = {
  name: `${string}.${string}`;
  text: SqlText;
  answer: z.ZodType<Answer>;
  /** How long a node may take for it, where the lane's own patience is too long: a quick question tells sooner who is silent. */
  patienceMs?: number;
  /** Of so many relations the server's process keeps what it knows, for as long as the session lasts. */
  remembered?: number;
};

export function nodeQuestion<Answer>(definition: NodeQuestion<Answer>): NodeQuestion<Answer> {
  return definition;
}
