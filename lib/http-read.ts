import type { z } from "zod";
import { ProblemError, problemSchema } from "./errors";

/** A JSON answer of our own server, checked. @throws ProblemError with what the server says is wrong */
export async function readJson<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await response.json();
  if (response.ok) return schema.parse(body);
  const problem = problemSchema.safeParse(body);
  throw new ProblemError(
    problem.success
      ? problem.data
      : { code: "internal", detail: `The server answered ${response.status}.`, traceId: "" },
  );
}
