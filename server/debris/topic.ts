import "server-only";
import { debrisSchema } from "@/lib/domain/debris";
import { redactAnswers } from "@/lib/domain/redact-words";
import { topic } from "@/server/live/topic";
import { readDebris } from "./reads";

/** It changes when an operation ends, and then it stays: a slow pace is enough. */
export const debrisTopic = topic({
  name: "debris",
  schema: debrisSchema,
  paceMs: () => 10_000,
  read: readDebris,
  redact: (debris) => ({ ...debris, answers: redactAnswers(debris.answers) }),
});
