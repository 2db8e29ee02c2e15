import fc from "fast-check";
import { expect, test } from "vitest";
import type { FromNode } from "./from-node";
import { nodeIdSchema } from "./node";
import { damp, HOLD_MS, type NodeMemory, observe, type Said, type Steadiness } from "./steady";

/** What is said after each look, one look every `stepMs`. */
function saidOf(looks: readonly boolean[], stepMs: number): { at: number; said: Said }[] {
  let state: Steadiness | undefined;
  return looks.map((isAnswering, index) => {
    state = observe(state, isAnswering, index * stepMs);
    return { at: index * stepMs, said: state.said };
  });
}
const changesOf = (said: readonly { at: number; said: Said }[]) =>
  said.filter((one, index) => index > 0 && one.said !== said[index - 1]?.said);
const flapping = (count: number) => Array.from({ length: count }, (_, index) => index % 2 === 0);

test("F7: a node that falls silent is said to be silent at the first look", () => {
  expect(saidOf([true, true, false], 1_000).at(-1)?.said).toBe("silent");
});

test("F7: a node that comes and goes each second is called unsteady, and that is all that changes in five minutes", () => {
  const changes = changesOf(saidOf(flapping(300), 1_000));
  expect(changes.map(({ said }) => said)).toEqual(["silent", "unsteady"]);
});

test("F7: whatever a node does, what is said of it changes at most once in ten seconds", () => {
  const looks = fc.array(fc.record({ isAnswering: fc.boolean(), after: fc.integer({ min: 1, max: 15_000 }) }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(looks, (sequence) => {
      let state: Steadiness | undefined;
      let at = 0;
      let lastChange = Number.NEGATIVE_INFINITY;
      for (const { isAnswering, after } of sequence) {
        at += after;
        const before = state?.said;
        state = observe(state, isAnswering, at);
        if (before === undefined || state.said === before) continue;
        expect(at - lastChange).toBeGreaterThanOrEqual(HOLD_MS);
        lastChange = at;
      }
    }),
  );
});

test("F7: an unsteady node that stays up is said to answer again within 45 s, and one that stays down to be silent", () => {
  for (const end of [true, false]) {
    const said = saidOf([...flapping(60), ...Array.from({ length: 45 }, () => end)], 1_000);
    expect(said.at(-1)?.said).toBe(end ? "answers" : "silent");
  }
});

const nodeId = nodeIdSchema.parse(2);
const good = (value: number): FromNode<number> => ({ nodeId, ok: true, by: "direct", tookMs: 3, value });
const bad: FromNode<number> = {
  nodeId,
  ok: false,
  tookMs: 1,
  problem: { code: "node_unreachable", detail: "refused", traceId: "t" },
};

test("F7: while a node is still said to be silent its problem stays; while it is said to answer, its newest answer", () => {
  let memory: ReadonlyMap<typeof nodeId, NodeMemory<number>> = new Map();
  const look = (answer: FromNode<number>, at: number) => {
    const next = damp(memory, [answer], at);
    memory = next.memory;
    return next.answers[0];
  };
  expect(look(good(1), 0)).toEqual(good(1));
  expect(look(bad, 2_000)).toEqual(bad);
  expect(look(good(2), 4_000)).toEqual(bad);
  expect(look(good(3), 12_000)).toEqual(good(3));
  expect(look(bad, 14_000)).toEqual(good(3));
});
