import type { z } from "zod";
import { ProblemError, problemSchema } from "./errors";
import { mayHoldUnseen, visibleAnswer } from "./format/visible";

/** A JSON answer of our own server, checked. @throws ProblemError with what the server says is wrong */
export async function readJson<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  if (!response.ok) throw await failureOf(response);
  return schema.parse(visibleJson(await response.text()));
}

/** What a database named may hold what is not seen: here it becomes visible, once, for everything that is drawn. */
export function visibleJson(text: string): unknown {
  const answer: unknown = JSON.parse(text);
  return mayHoldUnseen(text) ? visibleAnswer(answer) : answer;
}

/** A binary answer of our own server. @throws ProblemError with what the server says is wrong */
export async function readBytes(response: Response): Promise<Uint8Array> {
  if (!response.ok) throw await failureOf(response);
  return new Uint8Array(await response.arrayBuffer());
}

/** What the server says is wrong. */
async function failureOf(response: Response): Promise<ProblemError> {
  // A failure may come from something before our server, and then not as JSON: the status is what is known.
  const problem = problemSchema.safeParse(visibleAnswer(await response.json().catch(() => null)));
  return new ProblemError(
    problem.success
      ? problem.data
      : { code: "internal", detail: `The server answered ${response.status}.`, traceId: "" },
  );
}
