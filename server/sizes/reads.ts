import "server-only";
import { randomUUID } from "node:crypto";
import type { FromNode } from "@/lib/domain/from-node";
import type { ClusterNode, NodeId } from "@/lib/domain/node";
import type { NodeSizes, Sizes } from "@/lib/domain/sizes";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import type { Pass } from "@/server/live/topic";
import { listPrimaries } from "@/server/nodes/reads";
import { askDirectly, askNodes, askThroughCoordinator } from "@/server/pg/ask-nodes";
import { isWorthADirectTry, noteUnreached, wasReached } from "@/server/pg/reach";
import { toProblem } from "@/server/problem";
import { estimateShards, measureShards, type SizesSlice } from "@/server/sql/sizes";
import { type Asks, WHOLE, walkNode } from "./walk";

/** While a reading goes on its progress is shown this often: each time costs every viewer's browser a new picture. */
const SHOW_EVERY_MS = 3_000;
/** What several nodes say at about the same time is shown as one. */
const TOGETHER_MS = 100;

type Answers = Map<NodeId, FromNode<NodeSizes>>;

/**
 * Every primary's answer about its own shards; a node that fails is an answer with a problem. Each node goes on at its own pace, and
 * what it said is shown without waiting for the others: until a node has answered it keeps what it said the time before.
 */
export async function readSizes(target: Target, { last = null, publish }: Partial<Pass<Sizes>> = {}): Promise<Sizes> {
  const nodes = await listPrimaries(target);
  const before: Answers = new Map(last?.answers.map((answer) => [answer.nodeId, answer]));
  const found: Answers = new Map();
  const board =
    publish &&
    showing(() => ({ answers: nodes.map(({ id }) => found.get(id) ?? before.get(id) ?? notYet(id)) }), publish);
  const put = (answer: FromNode<NodeSizes>) => {
    const isFirst = !found.has(answer.nodeId);
    found.set(answer.nodeId, answer);
    board?.renew(isFirst);
  };
  const straight = nodes.filter((node) => isWorthADirectTry(target, node));
  const roundabout = nodes.filter((node) => !straight.includes(node));
  try {
    await Promise.all([
      askStraight(target, straight, before, put, board !== undefined),
      roundabout.length > 0 &&
        askNodes(target, roundabout, measureShards(WHOLE)).then((answers) => answers.map(whole).forEach(put)),
    ]);
  } finally {
    board?.end();
  }
  return { answers: nodes.flatMap(({ id }) => found.get(id) ?? []) };
}

/** Those that this console tried for the first time, and in vain, are asked through the coordinator, together. */
async function askStraight(
  target: Target,
  nodes: readonly ClusterNode[],
  before: Answers,
  put: (answer: FromNode<NodeSizes>) => void,
  isShown: boolean,
): Promise<void> {
  const ended = await Promise.all(
    nodes.map(async (node) => {
      const known = before.get(node.id);
      const answer = await walkNode(asksOf(target, node), known?.ok ? known.value : null, isShown ? put : undefined);
      put(answer);
      return { node, answer };
    }),
  );
  const unreached = ended.filter(({ node, answer }) => !answer.ok && !wasReached(target, node)).map(({ node }) => node);
  if (unreached.length === 0) return;
  for (const node of unreached) noteUnreached(target, node);
  const relayed = await askThroughCoordinator(target, measureShards(WHOLE), unreached);
  relayed.map(whole).forEach(put);
}

function asksOf(target: Target, node: ClusterNode): Asks {
  return {
    measure: (slice) => askDirectly(target, node, measureShards(slice)),
    estimate: (slice) => askDirectly(target, node, estimateShards(slice)),
  };
}

function whole(answer: FromNode<SizesSlice>): FromNode<NodeSizes> {
  return answer.ok ? { ...answer, value: answer.value.sizes } : answer;
}

/** Nothing was ever heard of it, and the others are not to wait. */
function notYet(nodeId: NodeId): FromNode<NodeSizes> {
  const problem = toProblem(new AppError("node_unreachable", "No answer to the question for sizes yet."), randomUUID());
  return { nodeId, ok: false, problem, tookMs: 0 };
}

/** Shows at once what was not there at all, and progress now and then. */
function showing(now: () => Sizes, publish: (sizes: Sizes) => void) {
  let timer: NodeJS.Timeout | undefined;
  let showsAt = Number.POSITIVE_INFINITY;
  const show = () => {
    showsAt = Number.POSITIVE_INFINITY;
    publish(now());
  };
  return {
    renew(isFirst: boolean) {
      const at = performance.now() + (isFirst ? TOGETHER_MS : SHOW_EVERY_MS);
      if (at >= showsAt) return;
      clearTimeout(timer);
      showsAt = at;
      timer = setTimeout(show, at - performance.now()).unref();
    },
    end: () => clearTimeout(timer),
  };
}
