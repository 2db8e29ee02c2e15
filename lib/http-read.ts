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

/** How a packed body begins. None of our own formats does: theirs begin with the length of a head that is never 31 bytes. */
const GZIP = [0x1f, 0x8b];

/** A binary answer of our own server, unpacked where it is packed. @throws ProblemError with what the server says is wrong */
export async function readBytes(response: Response): Promise<Uint8Array> {
  if (!response.ok) throw await failureOf(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
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
