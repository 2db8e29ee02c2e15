import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { FromNode } from "@/lib/domain/from-node";
import type { NodeFacts } from "@/lib/domain/node-facts";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { forgetReach } from "@/server/pg/reach";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { activateNode } from "./changes/activate-node";
import { disableNode } from "./changes/disable-node";
import { closeNode } from "./changes/may-hold-shards";
import { removeNode } from "./changes/remove-node";
import { readNodeFacts } from "./facts";
import { listNodes } from "./reads";

recordInOwnFolder();

const { sandbox, target, asReadLogin } = testCluster();
const { worker3 } = sandbox.nodes;
/** A frozen server never answers, and Citus itself waits 30 s for it: whoever is done before has not waited for it. How long it takes is measured by the bench. */
const NOT_WAITED_MS = 20_000;

const TIMED = { timeout: 60_000 };

async function startOver(): Promise<void> {
  stopCollectors();
  await closePools();
  await sandbox.reset();
}

async function askAll(): Promise<{
  own: FromNode<NodeFacts> | undefined;
  others: FromNode<NodeFacts>[];
  tookMs: number;
}> {
  const began = performance.now();
  const nodes = await listNodes(asReadLogin);
  const { answers } = await readNodeFacts(asReadLogin);
  const tookMs = performance.now() - began;
  const silentId = nodes.find((node) => node.port === worker3.port)?.id;
  return {
    own: answers.find((answer) => answer.nodeId === silentId),
    others: answers.filter((answer) => answer.nodeId !== silentId),
    tookMs,
  };
}

function expectOnlyThatOneSilent({ own, others, tookMs }: Awaited<ReturnType<typeof askAll>>): void {
  expect(tookMs).toBeLessThan(NOT_WAITED_MS);
  expect(own).toMatchObject({ ok: false, problem: { code: "node_unreachable" } });
  expect(others.length).toBeGreaterThan(2);
  expect(others.every((answer) => answer.ok)).toBe(true);
}

beforeAll(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  await startOver();
});
afterEach(startOver);
afterAll(closePools);

test("a stopped worker costs its own facts only, and says that it refuses connections", TIMED, async () => {
  await askAll();
  await sandbox.stop("worker3");
  const asked = await askAll();
  expectOnlyThatOneSilent(asked);
});

test("a frozen worker that has answered before costs its own facts only, and is not waited for", TIMED, async () => {
  await askAll();
  sandbox.freeze("worker3");
  expectOnlyThatOneSilent(await askAll());
  expectOnlyThatOneSilent(await askAll());
});

test("a frozen worker that was never asked before costs its own facts only, and is not waited for", TIMED, async () => {
  sandbox.freeze("worker3");
  forgetReach();
  expectOnlyThatOneSilent(await askAll());
});

test("a change of nodes names the silent one before it is tried", TIMED, async () => {
  const nodes = await listNodes(target);
  const nodeId = nodes.find((node) => node.port === sandbox.nodes.worker1.port)?.id;
  if (nodeId === undefined) throw new Error("worker 1 is no member");
  await sandbox.stop("worker3");
  const { notes } = await closeNode.prepare(target, { clusterId: target.clusterId, nodeId });
  expect(notes).toContainEqual(
    expect.objectContaining({ tone: "warn", text: `${worker3.host}:${worker3.port} does not answer.` }),
  );
});

test("a dead node without shards is disabled, not activated, and removed", TIMED, async () => {
  const { clusterId } = target;
  const { spare } = sandbox.nodes;
  await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
  const nodeId = (await listNodes(target)).find((node) => node.port === spare.port)?.id;
  if (nodeId === undefined) throw new Error("the spare is no member");
  await sandbox.stop("spare");
  const input = { clusterId, nodeId };
  expect((await doChange(disableNode, target, input)).run?.effect?.seen).toBe(true);
  expect((await doChange(activateNode, target, input)).refusal).toContain("does not answer, so nothing can be copied");
  expect((await doChange(removeNode, target, input)).run?.effect?.seen).toBe(true);
});
