import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** The value in its schema's shape. @throws AppError `bad_input`, naming the field */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new AppError("bad_input", field ? `${field}: ${issue?.message}` : (issue?.message ?? "not readable"), {
    cause: parsed.error,
  });
}
