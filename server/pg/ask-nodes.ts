import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { FromNode } from "@/lib/domain/from-node";
import { addressOf, type ClusterNode, type NodeId } from "@/lib/domain/node";
import { AppError } from "@/lib/errors";
import type { Address, Target } from "@/server/clusters";
import { toProblem } from "@/server/problem";
import { askAllNodes } from "@/server/sql/nodes";
import { onPool, run } from "./run";
import type { NodeQuestion } from "./sql";

/** Nodes whose address this process has reached once: they are asked directly from then on, and their silence is their own. */
const holder = globalThis as typeof globalThis & { __shardboardReached?: Set<string> };
const reached = () => (holder.__shardboardReached ??= new Set());

/**
 * Puts one question to many nodes at once and returns one answer per node, failed or not.
 *
 * Straight to the node where its address is reachable from here; a node never reached so far is asked through the
 * coordinator instead. Each node has its own deadline (lane `node`), so a frozen one delays nobody else's answer by more than that.
 */
export async function askNodes<Answer>(
  target: Target,
  nodes: readonly ClusterNode[],
  question: NodeQuestion<Answer>,
): Promise<FromNode<Answer>[]> {
  const direct = await Promise.all(nodes.map((node) => askDirectly(target, node, question)));
  const unreached = direct.filter((answer) => !answer.ok && !reached().has(keyOf(target, answer.nodeId)));
  if (unreached.length === 0) return direct;
  const relayed = await askThroughCoordinator(target, question, new Set(unreached.map((answer) => answer.nodeId)));
  return direct.map((answer) => relayed.get(answer.nodeId) ?? answer);
}

const keyOf = (target: Target, nodeId: NodeId) => `${target.clusterId} ${nodeId}`;

async function askDirectly<Answer>(
  target: Target,
  node: ClusterNode,
  question: NodeQuestion<Answer>,
): Promise<FromNode<Answer>> {
  const started = performance.now();
  const tookMs = () => Math.round(performance.now() - started);
  try {
    const value = await onPool(target, "node", reachableAddress(target, node), question.name, async (client) => {
      const text = `/* shardboard:${question.name} */ ${question.text}`;
      const { rows } = await client.query<{ answer: string }>({ text, ...withPatience(question) });
      return parseAnswer(question, rows[0]?.answer);
    });
    reached().add(keyOf(target, node.id));
    return { nodeId: node.id, ok: true, by: "direct", tookMs: tookMs(), value };
  } catch (cause) {
    return { nodeId: node.id, ok: false, problem: toProblem(cause, randomUUID()), tookMs: tookMs() };
  }
}

/** The driver takes a timeout per query; its types do not say so. */
function withPatience<Answer>({ patienceMs }: NodeQuestion<Answer>): object {
  return patienceMs === undefined ? {} : { query_timeout: patienceMs };
}

function reachableAddress(target: Target, node: ClusterNode): Address {
  return target.addresses.get(addressOf(node)) ?? { host: node.host, port: node.port };
}

async function askThroughCoordinator<Answer>(
  target: Target,
  question: NodeQuestion<Answer>,
  wanted: ReadonlySet<NodeId>,
): Promise<Map<NodeId, FromNode<Answer>>> {
  const started = performance.now();
  const answers = new Map<NodeId, FromNode<Answer>>();
  let rows: z.output<typeof askAllNodes.row>[];
  try {
    rows = await run(target, askAllNodes, { command: question.text });
  } catch {
    return answers; // the direct attempts' own problems stand: they name the nodes, this failure would not
  }
  for (const row of rows) {
    const tookMs = Math.round(performance.now() - started);
    if (wanted.has(row.nodeid)) answers.set(row.nodeid, relayedAnswer(question, row, tookMs));
  }
  return answers;
}

function relayedAnswer<Answer>(
  question: NodeQuestion<Answer>,
  { nodeid: nodeId, success, result }: z.output<typeof askAllNodes.row>,
  tookMs: number,
): FromNode<Answer> {
  try {
    if (!success) throw new AppError("node_unreachable", result ?? "The coordinator got no answer from it.");
    return { nodeId, ok: true, by: "coordinator", tookMs, value: parseAnswer(question, result) };
  } catch (cause) {
    return { nodeId, ok: false, problem: toProblem(cause, randomUUID()), tookMs };
  }
}

/** A node's answer, checked. What is no JSON was not written by us: Citus hands on whatever the node said. @throws AppError `unexpected_row` */
export function parseAnswer<Answer>(
  { name, answer }: Pick<NodeQuestion<Answer>, "name" | "answer">,
  text: string | null | undefined,
): Answer {
  const parsed = answer.safeParse(fromJson(name, text ?? "null"));
  if (parsed.success) return parsed.data;
  throw new AppError("unexpected_row", `${name}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
}

function fromJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("unexpected_row", `${name}: the answer is not JSON.`, { cause });
  }
}
