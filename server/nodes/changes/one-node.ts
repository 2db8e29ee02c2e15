import "server-only";
import { z } from "zod";
import type { Note } from "@/lib/domain/change";
import type { Claim } from "@/lib/domain/claim";
import type { Verdict } from "@/lib/domain/cluster";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { type OneNodeInput, oneNodeInput } from "@/lib/domain/node-change";
import type { NodesAndHoldings } from "@/lib/domain/node-rules";
import type { Permission } from "@/lib/domain/permission";
import { type Call, type Change, change, type Effect, type PreparedStep } from "@/server/changes/define";
import type { Address, Target } from "@/server/clusters";
import { readNodeFacts } from "../facts";
import { nodeOf, readNodesNow } from "../now";
import { listNodes } from "../reads";
import { rightNote } from "../rights";
import { silenceNotes, silentAmong } from "../silence";

/** Which nodes there are. */
export const ALL_NODES: Claim = { object: "nodes", mode: "exclusive" };
/** Where shards lie: whoever moves them claims it alone, whoever rests on it shares it. */
export const SHARDS_STAY: Claim = { object: "shards", mode: "shared" };
export const SHARDS_MOVE: Claim = { object: "shards", mode: "exclusive" };

/** Everything that shows nodes, or where shards are. */
export const NODE_TOPICS = ["nodes", "node-facts", "topology", "sizes"] as const;

type OneNodeChange = {
  name: Change<OneNodeInput>["name"];
  permission: Permission;
  /** What goes on while it runs, before the address: "removing". */
  doing: string;
  /** What else is claimed, beside the node itself. */
  claims: readonly Claim[];
  /** The function of Citus that does it, and whether it wants a superuser. */
  routine: string;
  superuser: boolean;
  verdict: (node: ClusterNode, now: NodesAndHoldings) => Verdict;
  step: (address: string) => Omit<PreparedStep, "calls">;
  call: (address: Address) => Call;
  /** The address has to be typed. */
  typed?: boolean;
  /** The node itself may be away: it is about to leave; or must be there: something is copied to it. */
  itself?: "may-be-silent" | "must-answer";
  notes?: (node: ClusterNode, now: NodesAndHoldings) => Note[];
  /** Looks at the node as it is afterwards; undefined: it is not in the cluster. */
  effect: (node: ClusterNode | undefined, address: string) => Effect;
};

/** A change that is one call of Citus on one node: rule, right, the other nodes, the call, and a look at pg_dist_node. */
export function oneNodeChange(definition: OneNodeChange): Change<OneNodeInput> {
  return change({
    name: definition.name,
    permission: definition.permission,
    input: oneNodeInput,
    doing: (subject) => `${definition.doing} ${subject}`,
    before: z.object({ address: z.string() }),
    prepare: async (target, { nodeId }) => {
      const now = await readNodesNow(target);
      const node = nodeOf(now.nodes, nodeId);
      const address = addressOf(node);
      const verdict = definition.verdict(node, now);
      return {
        subject: address,
        steps: [{ ...definition.step(address), calls: [definition.call({ host: node.host, port: node.port })] }],
        notes: verdict.allowed
          ? await notesFor(definition, target, node, now)
          : [{ tone: "bad", text: verdict.because }],
        ...(definition.typed && { typed: address }),
        claims: [{ object: `node:${nodeId}`, mode: "exclusive" }, ...definition.claims],
        before: { address },
        refresh: NODE_TOPICS,
      };
    },
    effect: async (target, { input: { nodeId }, before: { address } }) => {
      const after = (await listNodes(target)).find((candidate) => candidate.id === nodeId);
      return definition.effect(after, address);
    },
  });
}

async function notesFor(
  { routine, superuser, itself, notes }: OneNodeChange,
  target: Target,
  node: ClusterNode,
  now: NodesAndHoldings,
): Promise<Note[]> {
  const [right, facts] = await Promise.all([rightNote(target, routine, { superuser }), readNodeFacts(target)]);
  const silent = silentAmong(now.nodes, facts).filter((other) => itself === undefined || other.id !== node.id);
  const own = facts.answers.find((answer) => answer.nodeId === node.id);
  const absent: Note[] =
    itself === "must-answer" && own && !own.ok
      ? [
          {
            tone: "bad",
            text: `${addressOf(node)} does not answer, so nothing can be copied to it.`,
            detail: `Start it, or repair the way to it, first. It says: ${own.problem.detail}`,
          },
        ]
      : [];
  return [...absent, right, ...silenceNotes(silent), ...(notes?.(node, now) ?? [])];
}
