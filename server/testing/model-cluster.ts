import "server-only";
import { z } from "zod";
import { type Claim, collide } from "@/lib/domain/claim";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { type Change, change } from "@/server/changes/define";

/** What a person wants of the model: its nodes are 1, 2 and 3. */
export type Wish =
  | { deed: "drain" | "remove" | "close" | "open"; node: number }
  | { deed: "rebalance" }
  /** The same wish twice, under one action id: a double click, two tabs, a retry. */
  | { deed: "twice"; node: number };

type Node = { isOpen: boolean; groups: number };
const inputSchema = z.object({ clusterId: clusterIdSchema, node: z.int() });
type ModelInput = z.infer<typeof inputSchema>;
type Deed = "drain" | "remove" | "close" | "open" | "rebalance";

/** A cluster in a few lines, that notices when two deeds that collide are done at once, or when one does what it must not. */
export type ModelCluster = {
  changeFor: (deed: Deed) => Change<ModelInput>;
  /** Does a deed in steps, with a pause between any two: what a run's statements do to a real cluster. */
  act: (deed: Deed, node: number, seen: unknown, pause: (what: string) => Promise<void>) => Promise<void>;
  wrong: string[];
  done: () => number;
};

const GROUPS = 6;

export function modelCluster(): ModelCluster {
  const nodes = new Map<number, Node>([1, 2, 3].map((id) => [id, { isOpen: true, groups: GROUPS / 3 }]));
  const acting = new Set<readonly Claim[]>();
  /** How often each object was changed: a plan that rests on an older edition is stale. */
  const editions = new Map<string, number>();
  const editionsOf = (claims: readonly Claim[]) => claims.map(({ object }) => editions.get(object) ?? 0);
  const wrong: string[] = [];
  let done = 0;

  const others = (node: number) => [...nodes].filter(([id, one]) => id !== node && one.isOpen);
  const look = () => {
    const total = [...nodes.values()].reduce((sum, one) => sum + one.groups, 0);
    if (total !== GROUPS) wrong.push(`${total} of ${GROUPS} shard groups are left`);
  };

  async function act(deed: Deed, node: number, seen: unknown, pause: (what: string) => Promise<void>): Promise<void> {
    const claims = claimsOf(deed, node);
    const now = editionsOf(claims);
    if (JSON.stringify(seen) !== JSON.stringify(now)) wrong.push(`${deed} ${node} was planned on what is no longer so`);
    for (const other of acting)
      if (claims.some((one) => other.some((two) => collide(one, two)))) wrong.push(`${deed} ${node} collides`);
    acting.add(claims);
    try {
      await STEPS[deed](node, pause);
      done += 1;
    } finally {
      acting.delete(claims);
      for (const { object, mode } of claims)
        if (mode === "exclusive") editions.set(object, (editions.get(object) ?? 0) + 1);
      look();
    }
  }

  const setOpen = (isOpen: boolean) => async (node: number, pause: (what: string) => Promise<void>) => {
    await pause(isOpen ? "open" : "close");
    const found = nodes.get(node);
    if (found) found.isOpen = isOpen;
    else wrong.push(`node ${node} was opened or closed and is gone`);
  };

  const STEPS: Record<Deed, (node: number, pause: (what: string) => Promise<void>) => Promise<void>> = {
    open: setOpen(true),
    close: setOpen(false),
    async drain(node, pause) {
      await setOpen(false)(node, pause);
      for (let from = nodes.get(node); from && from.groups > 0; from = nodes.get(node)) {
        const target = others(node)[0]?.[0];
        if (target === undefined) return;
        await pause("move");
        const to = nodes.get(target);
        if (!to?.isOpen) wrong.push(`a shard was moved to node ${target}, which was closed or removed meanwhile`);
        from.groups -= 1;
        if (to) to.groups += 1;
      }
    },
    async rebalance(_node, pause) {
      for (let moves = 0; moves < GROUPS; moves += 1) {
        const open = [...nodes.values()].filter((one) => one.isOpen).toSorted((a, b) => a.groups - b.groups);
        const [least, most] = [open[0], open.at(-1)];
        if (!least || !most || most.groups - least.groups < 2) return;
        await pause("move");
        if (![...nodes.values()].includes(least)) wrong.push("a shard was moved to a node that was removed meanwhile");
        most.groups -= 1;
        least.groups += 1;
      }
    },
    async remove(node, pause) {
      await pause("remove");
      if ((nodes.get(node)?.groups ?? 0) > 0) wrong.push(`node ${node} was removed with shards on it`);
      if (!nodes.delete(node)) wrong.push(`node ${node} was removed twice`);
    },
  };

  const changeFor = (deed: Deed): Change<ModelInput> =>
    change({
      name: `model.${deed}`,
      permission: "node:drain",
      input: inputSchema,
      doing: (subject) => `doing ${deed} of ${subject}`,
      before: z.array(z.int()),
      prepare: async (_target, { node }) => {
        const found = nodes.get(node);
        const isRefused = deed !== "rebalance" && (!found || (deed === "remove" && found.groups > 0));
        return {
          subject: `node ${node}`,
          steps: [
            { title: deed, calls: [{ name: "model.act", sql: `select ${deed}(${node});`, execute: async () => ({}) }] },
          ],
          notes: isRefused ? [{ tone: "bad", text: `Node ${node} is gone, or holds shards.` }] : [],
          dependsOn: editionsOf(claimsOf(deed, node)).map(String),
          claims: claimsOf(deed, node),
          before: editionsOf(claimsOf(deed, node)),
          refresh: [],
        };
      },
      effect: async () => ({ seen: true, sentence: "Done." }),
    });

  return { changeFor, act, wrong, done: () => done };
}

function claimsOf(deed: Deed, node: number): Claim[] {
  const own: Claim = { object: `node:${node}`, mode: "exclusive" };
  if (deed === "rebalance") return [{ object: "shards", mode: "exclusive" }];
  if (deed === "drain") return [own, { object: "shards", mode: "exclusive" }];
  if (deed === "open") return [own];
  if (deed === "close") return [own, { object: "shards", mode: "shared" }];
  return [own, { object: "nodes", mode: "exclusive" }, { object: "shards", mode: "shared" }];
}
