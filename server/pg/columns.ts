import "server-only";
import { z } from "zod";

/** int8, which the driver hands over as text. @throws for what a double cannot hold exactly. */
export const int8 = z.union([z.string(), z.number()]).transform((value, context) => {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  context.addIssue({ code: "custom", message: `${value} is not an exact integer` });
  return z.NEVER;
});

/** timestamptz → epoch milliseconds. */
export const timestamp = z.date().transform((date) => date.getTime());
