import "server-only";
import fc from "fast-check";
import { TOPICS } from "@/lib/domain/live";
import { arbitraryFor, NASTY_TEXTS } from "@/lib/testing/arbitrary";
import type { Sandbox } from "@/sandbox/types";
import type { Target } from "@/server/clusters";
import { TESTER } from "./do-change";
import type { Action, Endpoints } from "./endpoints";

const AT_ONCE = 4;

/** Reads every topic of a cluster afresh, and returns all that was answered. */
export async function readAll(endpoints: Endpoints, target: Target): Promise<string> {
  const { refreshTopics } = await import("@/server/live/collector");
  await refreshTopics(target, TOPICS);
  const live = endpoints.handlers.find(({ params }) => params.includes("topic"));
  const texts = TOPICS.map(async (topic) => (await live?.get(TESTER, { clusterId: target.clusterId, topic }))?.text());
  return (await Promise.all(texts)).join("\n");
}

/** Puts every question and asks for every plan, with real tables and nodes, and hostile texts in every field that takes one. */
export async function askAll(endpoints: Endpoints, sandbox: Sandbox, target: Target, times: number): Promise<string> {
  const oids = await sandbox.query<{ id: number }>(
    "select logicalrelid::oid::int as id from pg_dist_partition limit 3",
  );
  const nodes = await sandbox.query<{ id: number }>("select nodeid as id from pg_dist_node order by 1");
  const answers: string[] = [];
  const left = endpoints.actions.filter(({ made }) => made === "askAction" || made === "previewAction");
  const askOne = async ({ input, call }: Action) => {
    const inputs = fc.tuple(arbitraryFor(input), fc.nat(), fc.constantFrom(...NASTY_TEXTS));
    for (const [raw, which, nasty] of fc.sample(inputs, { numRuns: times, seed: 11 })) {
      const oid = oids[which % oids.length]?.id;
      const node = nodes[which % nodes.length]?.id;
      const known = {
        clusterId: target.clusterId,
        table: oid,
        tableOid: oid,
        nodeId: node,
        value: nasty,
        column: nasty,
      };
      const fitted = Object.entries({ ...(raw as object) }).map(([name, value]) => [
        name,
        name in known ? known[name as keyof typeof known] : value,
      ]);
      answers.push(JSON.stringify(await call(TESTER, Object.fromEntries(fitted))));
    }
  };
  const worker = async () => {
    for (let action = left.pop(); action; action = left.pop()) await askOne(action);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers.join("\n");
}
