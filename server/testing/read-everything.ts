import "server-only";
import { TOPICS, type TopicName } from "@/lib/domain/live";
import type { Problem } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { SINGLE_PASS } from "@/server/live/topic";
import { TOPIC_DEFINITIONS } from "@/server/live/topics";
import { toProblem } from "@/server/problem";

/** Every topic that asks the cluster anything. */
const OF_THE_CLUSTER = TOPICS.filter((name) => !TOPIC_DEFINITIONS[name].isOwn && name !== "runs");

export type Everything = {
  data: Partial<Record<TopicName, unknown>>;
  problems: { topic: TopicName; problem: Problem }[];
};

/** Reads every topic once, all at the same time; what fails, as a whole or at one node, is among the problems. */
export async function readEverything(target: Target): Promise<Everything> {
  const all: Everything = { data: {}, problems: [] };
  await Promise.all(
    OF_THE_CLUSTER.map(async (topic) => {
      try {
        const data = await TOPIC_DEFINITIONS[topic].read(target, SINGLE_PASS);
        all.data[topic] = data;
        for (const problem of problemsIn(data)) all.problems.push({ topic, problem });
      } catch (cause) {
        all.problems.push({ topic, problem: toProblem(cause, "test") });
      }
    }),
  );
  return all;
}

function problemsIn(data: unknown): Problem[] {
  if (typeof data !== "object" || data === null || !("answers" in data) || !Array.isArray(data.answers)) return [];
  return data.answers.flatMap((answer: { ok: boolean; problem?: Problem }) => (answer.problem ? [answer.problem] : []));
}
