import "server-only";
import { z } from "zod";
import { numbersIn } from "./numbers";

/** int8, which the driver hands over as text. @throws for what a double cannot hold exactly. */
export const int8 = z.union([z.string(), z.number()]).transform((value, context) => {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  context.addIssue({ code: "custom", message: `${value} is not an exact integer` });
  return z.NEVER;
});

/** timestamptz → epoch milliseconds. */
export const timestamp = z.date().transform((date) => date.getTime());

/** A long text of whole numbers, "1,2,,-4", as one column; NaN where one is missing. */
export const numbers = z.string().transform((text, context) => {
  const found = numbersIn(text);
  if (found) return found;
  context.addIssue({ code: "custom", message: "no list of whole numbers" });
  return z.NEVER;
});
