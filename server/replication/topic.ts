import "server-only";
import { redactAnswers } from "@/lib/domain/redact-words";
import { replicationSchema } from "@/lib/domain/replication";
import { topic } from "@/server/live/topic";
import { readReplication } from "./reads";

/** Often enough to date a position to 2 s; one statement per node over an open connection. */
export const replicationTopic = topic({
  name: "replication",
  schema: replicationSchema,
  paceMs: () => 2_000,
  // So that a standby's position can be dated, and its lag is on record, whoever looked.
  restMs: 10_000,
  read: readReplication,
  redact: (replication) => ({ ...replication, answers: redactAnswers(replication.answers) }),
});
