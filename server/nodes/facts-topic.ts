import "server-only";
import { nodeFactsTopicSchema } from "@/lib/domain/node-facts";
import { redactAnswers } from "@/lib/domain/redact-words";
import { topic } from "@/server/live/topic";
import { readSteadyFacts } from "./steady-facts";

export const nodeFactsTopic = topic({
  name: "node-facts",
  schema: nodeFactsTopicSchema,
  paceMs: () => 2_000,
  // For the forecast of full disks.
  restMs: 5 * 60_000,
  read: readSteadyFacts,
  redact: ({ answers }) => ({ answers: redactAnswers(answers) }),
});
