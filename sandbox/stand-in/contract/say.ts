import pg from "pg";

/** What one call said, in the form of the recordings: severity, SQLSTATE, words, detail, hint. */
export type Said = { ok: boolean; result: string | null; messages: string };

type Report = {
  severity?: string | undefined;
  code?: string | undefined;
  message?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
};

function inWords({ severity, code, message, detail, hint }: Report): string {
  return [`${severity}:  ${code}: ${message}`, detail && `DETAIL:  ${detail}`, hint && `HINT:  ${hint}`]
    .filter((line) => line !== undefined && line !== "")
    .join("\n");
}

/** Sends the text as it is, in one message, on a connection of its own. */
export async function say(url: string, sql: string): Promise<Said> {
  // As it was when they were recorded: the console's logins have a search_path of their own now.
  const client = new pg.Client({ connectionString: url, options: '-c search_path="$user",public' });
  const heard: string[] = [];
  client.on("notice", (notice) => heard.push(inWords(notice)));
  await client.connect();
  try {
    const answer = await client.query<Record<string, unknown>>({ text: sql });
    return { ok: true, result: resultOf(answer), messages: heard.join("\n") };
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    return { ok: false, result: null, messages: [...heard, inWords(cause)].join("\n") };
  } finally {
    await client.end();
  }
}

/** As psql prints one row without decoration; null for several statements, whose results the recordings mix. */
function resultOf(
  answer: pg.QueryResult<Record<string, unknown>> | pg.QueryResult<Record<string, unknown>>[],
): string | null {
  if (Array.isArray(answer) || answer.command !== "SELECT") return null;
  return answer.rows.map((row) => Object.values(row).join("|")).join("\n");
}
