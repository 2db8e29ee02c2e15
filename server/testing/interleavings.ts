import "server-only";
import fc from "fast-check";
import { newActionId } from "@/lib/domain/action-id";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { isAppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { previewOf } from "@/server/changes/preview";
import type { Target } from "@/server/clusters";
import { followedRuns } from "@/server/runs/followed";
import { submit } from "@/server/runs/submit";
import { heldClaims } from "@/server/store/claims";
import type { Database } from "@/server/store/database";
import { openRuns } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { aTarget } from "./a-target";
import { TESTER } from "./do-change";
import { type ModelCluster, modelCluster, type Wish } from "./model-cluster";

const PEOPLE = ["ada", "bob", "eve"] as const;
const REFUSALS = ["conflict", "stale_plan", "confirmation_expired"];
const NAMES_WHO = /^(ada|bob|eve) has been doing \w+ of node \d since \d\d:\d\d:\d\d UTC \(.+\)\./;

const holder = globalThis as typeof globalThis & { __shardboardStarting?: unknown };
let scheduler: fc.Scheduler | undefined;

/** A state whose every use can be put off: so the order in which people's requests go on is the scheduler's. */
export function scheduled(database: Database): Database {
  const wait = async (label: string) => {
    await scheduler?.schedule(Promise.resolve(), label);
  };
  return {
    ...database,
    all: async (statement, values) => {
      await wait("store");
      return database.all(statement, values);
    },
    transaction: async (work) => {
      await wait("transaction");
      return database.transaction(work);
    },
  };
}

const node = fc.integer({ min: 1, max: 3 });
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ deed: fc.constantFrom("drain" as const, "remove" as const, "close" as const, "open" as const), node }),
  fc.record({ deed: fc.constant("rebalance" as const) }),
  fc.record({ deed: fc.constant("twice" as const), node }),
);

/** Lets a few people do things at once, in `count` random orders of every step. What broke a rule is thrown, shrunk to its smallest case. */
export async function interleave(count: number, target: Target): Promise<{ ran: number; refused: number }> {
  const sum = { ran: 0, refused: 0 };
  const property = fc.asyncProperty(
    fc.scheduler(),
    fc.array(wish, { minLength: 2, maxLength: 5 }),
    async (order, wishes) => {
      scheduler = order;
      const cluster = modelCluster();
      const outcomes = wishes.map((one, index) =>
        pursueWish(one, PEOPLE[index % PEOPLE.length] ?? "ada", cluster, target),
      );
      await order.waitFor(Promise.all(outcomes));
      await order.waitFor(Promise.all([...followedRuns().values()].map(({ ended }) => ended)));
      scheduler = undefined;
      const results = (await Promise.all(outcomes)).flat();
      const ran = new Set(results.flatMap((one) => one.ran ?? []));
      sum.ran += ran.size;
      sum.refused += results.filter((one) => one.ran === undefined).length;
      const wrong = [...cluster.wrong, ...results.flatMap((one) => one.wrong ?? [])];
      if (cluster.done() !== ran.size) wrong.push(`${ran.size} runs, and ${cluster.done()} deeds were done`);
      if ((await openRuns(await state())).length > 0) wrong.push("a run was left open");
      if ((await heldClaims(await state(), target.clusterId)).length > 0) wrong.push("a claim was left");
      if (wrong.length > 0) throw new Error(wrong.join("; "));
    },
  );
  await fc.assert(property, { numRuns: count });
  return sum;
}

type Result = { ran?: string; wrong?: string };

async function pursueWish(one: Wish, name: string, cluster: ModelCluster, target: Target): Promise<Result[]> {
  const actor: Actor = { ...TESTER, id: `local:${name}`, name };
  const deed = one.deed === "twice" ? "drain" : one.deed;
  const at = "node" in one ? one.node : 1;
  const change = cluster.changeFor(deed);
  const input = { clusterId: target.clusterId, node: at };
  const plan = await previewOf(change, target, actor, input);
  const { fingerprint, confirmation } = plan;
  if (confirmation === null) return [{}];
  const actionId = newActionId();
  const attempt = async (): Promise<Result> => {
    // As if each request came to another console process: only the state knows of both.
    delete holder.__shardboardStarting;
    try {
      const run = await submit(
        change,
        target,
        actor,
        input,
        { actionId, fingerprint, confirmation },
        async (_t, _c, _p, record) => {
          for (const step of record.run.steps) step.state = "running";
          await record.save();
          await cluster.act(deed, at, record.recall.before, async (what) => {
            await scheduler?.schedule(Promise.resolve(), what);
          });
          for (const step of record.run.steps) step.state = "done";
        },
      );
      return { ran: run.id };
    } catch (cause) {
      if (isAppError(cause) && cause.runId === actionId) return { wrong: "it was refused because of itself" };
      if (!isAppError(cause) || !REFUSALS.includes(cause.code)) throw cause;
      if (cause.runId !== undefined && !NAMES_WHO.test(cause.message))
        return { wrong: `it was refused with "${cause.message}"` };
      return {};
    }
  };
  return Promise.all(one.deed === "twice" ? [attempt(), attempt()] : [attempt()]);
}

/** A cluster that nothing listens for: the model stands in its place. */
export function modelTarget(): Target {
  const nobody = { user: "nobody", password: null };
  return aTarget({
    clusterId: clusterIdSchema.parse("model"),
    logins: { read: nobody, ops: nobody, admin: nobody },
  });
}
