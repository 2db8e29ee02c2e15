import "server-only";
import { z } from "zod";
import { parse } from "@/server/parse";

const MOST_DAYS = 92;
/** Epoch milliseconds, as an address has them. */
export const moment = z.coerce.number().int().min(0).max(8_640_000_000_000_000);
const rangeSchema = z
  .object({ from: moment, to: moment })
  .refine(({ from, to }) => from < to, "The range ends before it begins.")
  .refine(({ from, to }) => to - from <= MOST_DAYS * 86_400_000, `At most ${MOST_DAYS} days at once.`);

/** The range that an address asks for. @throws AppError `bad_input` */
export function askedRange(request: Request): { from: number; to: number } {
  const asked = new URL(request.url).searchParams;
  return parse(rangeSchema, { from: asked.get("from") ?? "", to: asked.get("to") ?? "" });
}
