import type { ErrorCode, Problem } from "../errors";
import type { FromNode } from "./from-node";

/** What stands in the place of a server's words that may quote a value. */
export const HIDDEN_WORDS = "The server's own words are hidden: they may quote values.";

/**
 * What PostgreSQL and Citus say without quoting a value: names, addresses, numbers of shards. Everything else a server says
 * may hold one: a key that is there twice, a row that breaks a rule, whatever a trigger raises.
 */
const HARMLESS: readonly RegExp[] = [
  /^(?:connection to the remote node|could not connect to|connection to server at|connection not open|could not receive data from|could not send data to)[\w .:,@()[\]"-]*$/,
  /^(?:server closed the connection unexpectedly|the connection (?:is closed|was cut|failed)|terminating connection due to \w+ command|connection terminated\w*)\.?$/i,
  /^canceling statement due to (?:statement timeout|lock timeout|user request|conflict with recovery)\.?$/,
  /^could not (?:extend|write to|open) file "[\w./]+": No space left on device\.?$/,
  /^could not acquire the lock required to (?:move|copy|split) [\w."]+\.?$/,
  /^cannot use logical replication to transfer shards of the relation [\w."]+ since it doesn't have a REPLICA IDENTITY or PRIMARY KEY\.?$/,
  /^(?:Moving|Copying) shard \d+ from [\w.:[\]-]+ to [\w.:[\]-]+ ?\.*$/,
  /^(?:A rebalance is already running as job \d+|Scheduled \d+ moves as job \d+)\.?$/,
];

/** A line of a server, with the severity it may begin with. */
const LINE = /^(?:(?:ERROR|WARNING|NOTICE|FATAL): +)?(.*)$/;

/** A server's words for somebody who may not read literals: its first line where that quotes nothing, else that they are hidden. */
export function redactWords(text: string): string {
  const first = LINE.exec(text.trim().split("\n")[0] ?? "")?.[1] ?? "";
  return HARMLESS.some((harmless) => harmless.test(first)) ? first : HIDDEN_WORDS;
}

/** A sentence of the console that ends in a server's words behind a colon: the sentence stays. */
export function redactTail(sentence: string): string {
  const [, own, words] = /^(.{1,120}?is not known): (.*)$/s.exec(sentence) ?? [];
  if (own === undefined || words === undefined) return sentence;
  return `${own}. ${redactWords(words)}`;
}

/** Classes of SQLSTATE whose messages name objects and never values: connections, logins, resources, operators, system, and privileges. */
const NAMES_ONLY = /^(?:08|28|3D|53|55|57|58)|^(?:42501|42P01|42883|42703|25006)$/;

/** What a server or a schema says and not this console: only these can quote. */
const WORDS_OF_OTHERS: readonly ErrorCode[] = ["pg_refused", "unexpected_row"];

/** A failure for somebody who may not read literals: the code, the SQLSTATE and the console's own sentence stay. */
export function redactProblem(problem: Problem): Problem {
  const { code, detail, traceId, sqlState, serverDetail, serverHint, remedy } = problem;
  const isHarmless = sqlState !== undefined && NAMES_ONLY.test(sqlState);
  if (isHarmless)
    return {
      code,
      detail,
      traceId,
      sqlState,
      ...(serverDetail && { serverDetail: redactWords(serverDetail) }),
      ...(serverHint && { serverHint }),
      ...(remedy && { remedy }), // names of catalogs only
    };
  const mayQuote = WORDS_OF_OTHERS.includes(code) || (sqlState !== undefined && !OWN_WORDS.includes(code));
  return { code, detail: mayQuote ? redactWords(detail) : detail, traceId, ...(sqlState && { sqlState }) };
}

/** Failures whose sentence the console wrote itself, though a server's refusal was the cause. */
const OWN_WORDS: readonly ErrorCode[] = ["bad_input", "not_found"];

/** The answers of nodes, those that failed with a redacted reason. */
export function redactAnswers<T>(answers: readonly FromNode<T>[]): FromNode<T>[] {
  return answers.map((answer) => (answer.ok ? answer : { ...answer, problem: redactProblem(answer.problem) }));
}
