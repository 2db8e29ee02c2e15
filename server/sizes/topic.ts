import "server-only";
import { redactAnswers } from "@/lib/domain/redact-words";
import { sizesSchema } from "@/lib/domain/sizes";
import { topic } from "@/server/live/topic";
import { readSizes } from "./reads";

/** Measured sizes change slowly and cost the workers file-system calls: a slower pace than the layout. */
export const sizesTopic = topic({
  name: "sizes",
  schema: sizesSchema,
  paceMs: () => 5_000,
  restMs: 5 * 60_000,
  // Measuring a hundred thousand shards takes seconds of each node: it may be minutes until they are paid for, and the age is shown.
  mostMs: () => Number.POSITIVE_INFINITY,
  read: readSizes,
  // How long a node took is no news, and neither is the number by which the log knows its failure: both differ with every reading.
  news: ({ answers }) =>
    answers.map((answer) => [answer.nodeId, answer.ok ? answer.value : { ...answer.problem, traceId: "" }]),
  redact: ({ answers }) => ({ answers: redactAnswers(answers) }),
});
