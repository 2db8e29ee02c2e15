import type { z } from "zod";
import { ProblemError, problemSchema } from "./errors";

/** A JSON answer of our own server, checked. @throws ProblemError with what the server says is wrong */
export async function readJson<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  if (response.ok) return schema.parse(await response.json());
  // A failure may come from something before our server, and then not as JSON: the status is what is known.
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  throw new ProblemError(
    problem.success
      ? problem.data
      : { code: "internal", detail: `The server answered ${response.status}.`, traceId: "" },
  );
}
