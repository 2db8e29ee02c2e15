import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { z } from "zod";
import type { FromNode } from "@/lib/domain/from-node";
import { addressOf, type ClusterNode, type NodeId } from "@/lib/domain/node";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { toProblem } from "@/server/problem";
import { askAllNodes } from "@/server/sql/nodes";
import { withRemedy } from "./denied";
import { faultsOf, fromPgError } from "./errors";
import { openingTurn } from "./opening-turns";
import { isWorthADirectTry, noteReached, noteUnreached, wasReached } from "./reach";
import { onPool, run } from "./run";
import { noteAnswer } from "./run-on";
import type { Place } from "./session";
import type { NodeQuestion } from "./sql";

/** From a question to its answer or to giving up, connecting included: the most that a silent node costs whoever waits. */
const DEADLINE_MS = 3_000;
/** A query timeout of 0 would mean none. */
const LEAST_MS = 100;

/**
 * Puts one question to many nodes at once and returns one answer per node, failed or not.
 *
 * Straight to the node where its address is reachable from here; a node never reached so far is asked through the
 * coordinator instead. Each node has its own deadline, so a frozen one delays nobody else's answer by more than that.
 */
export async function askNodes<Answer>(
  target: Target,
  nodes: readonly ClusterNode[],
  question: NodeQuestion<Answer>,
): Promise<FromNode<Answer>[]> {
  const straight = nodes.filter((node) => isWorthADirectTry(target, node));
  const roundabout = nodes.filter((node) => !straight.includes(node));
  const answers = await Promise.all([
    ...straight.map((node) => askDirectly(target, node, question)),
    ...(roundabout.length > 0 ? [askThroughCoordinator(target, question, roundabout)] : []),
  ]);
  const found = new Map(answers.flat().map((answer) => [answer.nodeId, answer]));
  await Promise.all([addRelayed(found, target, question, straight), addDirect(found, target, question, roundabout)]);
  return nodes.flatMap((node) => found.get(node.id) ?? []);
}

type Found<Answer> = Map<NodeId, FromNode<Answer>>;

/** Those that were tried here for the first time, in vain. */
async function addRelayed<Answer>(
  found: Found<Answer>,
  target: Target,
  question: NodeQuestion<Answer>,
  tried: readonly ClusterNode[],
): Promise<void> {
  const silent = tried.filter((node) => !found.get(node.id)?.ok && !wasReached(target, node));
  if (silent.length === 0) return;
  for (const node of silent) noteUnreached(target, node);
  for (const answer of await askThroughCoordinator(target, question, silent)) found.set(answer.nodeId, answer);
}

/** Those that the coordinator does not ask: it knows active primaries only. */
async function addDirect<Answer>(
  found: Found<Answer>,
  target: Target,
  question: NodeQuestion<Answer>,
  relayed: readonly ClusterNode[],
): Promise<void> {
  const missing = relayed.filter((node) => !found.has(node.id));
  const answers = await Promise.all(missing.map((node) => askDirectly(target, node, question)));
  for (const answer of answers) found.set(answer.nodeId, answer);
}

/** Puts a question to one node at its own address. A node that fails is an answer with its problem. */
export async function askDirectly<Answer>(
  target: Target,
  node: ClusterNode,
  question: NodeQuestion<Answer>,
): Promise<FromNode<Answer>> {
  const address = reachableAddress(target, node);
  // Its time begins when it is asked, not while others are.
  const endTurn = await openingTurn(target, address);
  const started = performance.now();
  const tookMs = () => Math.round(performance.now() - started);
  try {
    const use = async (client: pg.ClientBase) => {
      endTurn();
      const text = `/* shardboard:${question.name} */ ${question.text}`;
      const left = Math.max(LEAST_MS, Math.min(question.patienceMs ?? DEADLINE_MS, DEADLINE_MS - tookMs()));
      const asked = client.query<{ answer: string }>({ text, ...withTimeout(left) });
      const sent = performance.now();
      const { rows } = await asked.catch(async (cause: unknown) => {
        if (cause instanceof pg.DatabaseError) noteAnswer(client, sent);
        throw await withRemedy(client, question.text, fromPgError(cause, question.name, "node"));
      });
      noteAnswer(client, sent);
      return parseAnswer(question, rows[0]?.answer);
    };
    const answer = onPool(target, "node", address, question.name, use, (client) =>
      isFull(client, question.remembered ?? 0),
    );
    const value = await withinDeadline(answer, question.name);
    noteReached(target, node);
    return { nodeId: node.id, ok: true, by: "direct", tookMs: tookMs(), value };
  } catch (cause) {
    return { nodeId: node.id, ok: false, problem: toProblem(cause, randomUUID()), tookMs: tookMs() };
  } finally {
    endTurn();
  }
}

/** PostgreSQL never forgets a relation it has opened: with indexes and TOAST 11 kB for each table, which is 370 MB at 34,000. Here it is 45 MB at most. */
const MOST_REMEMBERED = 4_000;
const remembered = new WeakMap<pg.ClientBase, number>();

function isFull(client: pg.ClientBase, more: number): boolean {
  const sum = (remembered.get(client) ?? 0) + more;
  remembered.set(client, sum);
  return sum > MOST_REMEMBERED;
}

/** The pool, the connection and what is asked of it first have limits of their own; together they may be longer. */
async function withinDeadline<T>(answer: Promise<T>, name: string): Promise<T> {
  const over = new AbortController();
  const late = sleep(DEADLINE_MS, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new AppError("node_unreachable", `No answer to ${name} within ${DEADLINE_MS / 1_000} s.`);
  });
  late.catch(() => {}); // aborted when the answer came first; what came too late is dropped
  answer.catch(() => {});
  return Promise.race([answer, late]).finally(() => over.abort());
}

/** The driver takes a timeout per query; its types do not say so. */
const withTimeout = (ms: number): object => ({ query_timeout: ms });

/** Where this process reaches a node: by the address map, or under its registered address. */
export function reachableAddress(target: Target, node: ClusterNode): Place {
  const { host, port } = target.addresses.get(addressOf(node)) ?? node;
  return { host, port, registered: node.host };
}

/** The same through the coordinator, which asks all active primaries at once. Those that it leaves out are left out here. */
export async function askThroughCoordinator<Answer>(
  target: Target,
  question: NodeQuestion<Answer>,
  wanted: readonly ClusterNode[],
): Promise<FromNode<Answer>[]> {
  const started = performance.now();
  const ids = new Set(wanted.map((node) => node.id));
  let rows: z.output<typeof askAllNodes.row>[];
  try {
    rows = await run(target, askAllNodes, { command: question.text });
  } catch {
    return []; // the direct attempts' own problems stand: they name the nodes, this failure would not
  }
  const tookMs = Math.round(performance.now() - started);
  return rows.filter((row) => ids.has(row.nodeid)).map((row) => relayedAnswer(question, row, tookMs));
}

function relayedAnswer<Answer>(
  question: NodeQuestion<Answer>,
  { nodeid: nodeId, success, result }: z.output<typeof askAllNodes.row>,
  tookMs: number,
): FromNode<Answer> {
  try {
    if (!success) throw relayedFailure(result ?? "The coordinator got no answer from it.");
    return { nodeId, ok: true, by: "coordinator", tookMs, value: parseAnswer(question, result) };
  } catch (cause) {
    return { nodeId, ok: false, problem: toProblem(cause, randomUUID()), tookMs };
  }
}

/**
 * An answer of a server has its severity before it ("ERROR:  …"), in the server's language, but always with two spaces
 * behind the colon: libpq builds it so. Everything else is about the connection.
 */
const SERVER_SPOKE = /^\S+: {2}(.*)/s;

/** What the coordinator says of a node that it could not ask, or that refused what it was asked. */
export function relayedFailure(words: string): AppError {
  const spoken = SERVER_SPOKE.exec(words)?.[1];
  return spoken === undefined ? new AppError("node_unreachable", words) : new AppError("pg_refused", spoken.trim());
}

/** A node's answer, checked. What is no JSON was not written by us: Citus hands on whatever the node said. @throws AppError `unexpected_row` */
export function parseAnswer<Answer>(
  { name, answer }: Pick<NodeQuestion<Answer>, "name" | "answer">,
  text: string | null | undefined,
): Answer {
  const parsed = answer.safeParse(fromJson(name, text ?? "null"));
  if (parsed.success) return parsed.data;
  throw new AppError("unexpected_row", `${name}: ${faultsOf(parsed.error)}`, { cause: parsed.error });
}

function fromJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("unexpected_row", `${name}: the answer is not JSON.`, { cause });
  }
}
