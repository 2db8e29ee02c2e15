import { expect, test } from "vitest";
import { createGate } from "./gate";
import { hashPassword, isPassword } from "./passwords";

const TYPED = "a long walk by the sea";

test("a password is kept as argon2id with a salt of its own, and only the right one fits", async () => {
  const [one, other] = await Promise.all([hashPassword(TYPED), hashPassword(TYPED)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await isPassword(TYPED, one)).toBe(true);
  expect(await isPassword(`${TYPED} `, one)).toBe(false);
  expect(await isPassword("", one)).toBe(false);
});

test("what another program stored in the same form is understood, with its own cost", async () => {
  // Of the reference implementation (test.c).
  const stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  expect(await isPassword("password", stored)).toBe(true);
  expect(await isPassword("passwore", stored)).toBe(false);
});

test("T14: without a stored password it says no, and works as hard for it", async () => {
  const stored = await hashPassword(TYPED);
  await isPassword(TYPED, null);
  const least = async (against: string | null) => {
    const times: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const began = performance.now();
      expect(await isPassword(TYPED, against)).toBe(against !== null);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  // A ratio of one run, not a time: an answer without the work would come a hundred times faster.
  expect((await least(null)) / (await least(stored))).toBeGreaterThan(1 / 3);
});

test("the event loop goes on while passwords are looked at", async () => {
  const stored = await hashPassword(TYPED);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await Promise.all(Array.from({ length: 6 }, () => isPassword(TYPED, stored)));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(6);
});

test("only so many are looked at together, in the order in which they came, and who finds the line full is sent away", async () => {
  const gate = createGate(2, 3, () => new Error("full"));
  let most = 0;
  let now = 0;
  const order: number[] = [];
  const work = (id: number) =>
    gate(async () => {
      now += 1;
      most = Math.max(most, now);
      order.push(id);
      await new Promise(setImmediate);
      now -= 1;
    });
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  await work(7);
  expect(order.at(-1)).toBe(7);
});
