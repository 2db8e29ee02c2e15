import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GUESS_LIMITS } from "@/lib/domain/guess-limit";
import type { AppError } from "@/lib/errors";
import { setDisabled } from "@/server/store/people";
import { state } from "@/server/store/state";
import { aPerson, asked, PASSWORD } from "@/server/testing/own-person";
import { ownState } from "@/server/testing/own-state";
import { guessed } from "./guard-guesses";
import { lookAtLink } from "./links";
import { requireActor } from "./require-actor";
import { newToken } from "./secrets";
import { openSession } from "./sessions";
import { proveByPassword, signInByPassword } from "./sign-in";

ownState();
/** The clock stands, a minute ahead, and moves by `pass` only: waits do not run out while a slow machine works. */
beforeEach(() => pass(60_000));
afterEach(() => {
  vi.useRealTimers();
});

function pass(milliseconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: now + milliseconds });
}
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "in" as const,
    (cause: AppError) => cause.code,
  );
const attempt = (name: string, password: string, from = "192.0.2.1") =>
  outcome(signInByPassword({ name, password }, asked(from)));

test("T14: of a thousand guesses at once, from a thousand addresses, at most as many as the limit are looked at", async () => {
  let looks = 0;
  const results = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      outcome(
        guessed({ account: "local:ada", from: `10.0.${index >> 8}.${index & 255}` }, async () => {
          looks += 1;
          return null;
        }).then((found) => {
          if (found === null) throw Object.assign(new Error("wrong"), { code: "wrong" });
        }),
      ),
    ),
  );
  expect(looks).toBeLessThanOrEqual(GUESS_LIMITS.account.free);
  expect(looks).toBeGreaterThan(0);
  expect(results.filter((code) => code === "too_many_requests")).toHaveLength(1_000 - looks);
});

test("T14: of a thousand guesses at once from one address, at a thousand names, at most as many as the limit are looked at", async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    return null;
  };
  await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      guessed({ account: `local:p${index}`, from: "192.0.2.1" }, look).catch(() => null),
    ),
  );
  expect(looks).toBeLessThanOrEqual(GUESS_LIMITS.address.free);
});

test("T14: whoever is shut out gets in with the right password once the wait is over, and not before", async () => {
  await aPerson("ada");
  for (let wrong = 0; wrong < GUESS_LIMITS.account.free; wrong += 1)
    expect(await attempt("ada", "wrong")).toBe("sign_in_refused");
  expect(await attempt("ada", PASSWORD)).toBe("too_many_requests");
  expect(await attempt("ADA ", PASSWORD, "198.51.100.1")).toBe("too_many_requests");
  pass(GUESS_LIMITS.account.longestWaitMs);
  expect(await attempt("ada", PASSWORD)).toBe("in");
});

test("T14: an account of one's own buys no guesses at others: getting in takes back that guess and no other", async () => {
  const { free } = GUESS_LIMITS.address;
  const from = "192.0.2.1";
  let looked = 0;
  for (let round = 0; round < 2 * free; round += 1) {
    const look = async () => {
      looked += 1;
      return null;
    };
    await guessed({ account: `local:victim${round}`, from }, look).catch(() => null);
    await guessed({ account: "local:eve", from }, async () => "right").catch(() => null);
  }
  // Each further guess has to wait: without that, every round would be looked at.
  expect(looked).toBeLessThanOrEqual(free);
});

test("T14: every way to try a password counts on the same account: sign-in and the proof asked again", async () => {
  const id = await aPerson("ada");
  const cookie = await openSession({ personId: id, signedInBy: "password", headers: asked() });
  const actor = await requireActor(asked("192.0.2.1", cookie));
  for (let wrong = 0; wrong < GUESS_LIMITS.account.free; wrong += 1)
    await expect(proveByPassword(actor, "wrong", asked())).rejects.toMatchObject({ code: "sign_in_refused" });
  await expect(proveByPassword(actor, PASSWORD, asked())).rejects.toMatchObject({ code: "too_many_requests" });
  expect(await attempt("ada", PASSWORD, "198.51.100.1")).toBe("too_many_requests");
});

test("T14: links are guessed no faster", async () => {
  const codes: string[] = [];
  for (let guess = 0; guess < GUESS_LIMITS.address.free + 5; guess += 1)
    codes.push(await outcome(lookAtLink(newToken(), asked())));
  expect(codes.filter((code) => code === "sign_in_refused").length).toBeLessThanOrEqual(GUESS_LIMITS.address.free);
  expect(codes.at(-1)).toBe("too_many_requests");
});

test("T14: the answer does not tell whether there is somebody of that name, who is disabled, or has no password", async () => {
  await aPerson("ada");
  await setDisabled(await state(), await aPerson("dora"), true);
  const words = new Set<string>();
  for (const name of ["ada", "dora", "nobody", "not a name!", ""])
    await signInByPassword({ name, password: "wrong" }, asked(`192.0.2.${name.length}`)).catch((cause: Error) =>
      words.add(cause.message),
    );
  expect(words.size).toBe(1);
  expect(await attempt("dora", PASSWORD, "198.51.100.3")).toBe("sign_in_refused");
});

test("T14: a name that nobody has waits for as long as one that somebody has", async () => {
  for (let wrong = 0; wrong < GUESS_LIMITS.account.free; wrong += 1) await attempt("nobody", "wrong");
  expect(await attempt("nobody", "wrong", "198.51.100.1")).toBe("too_many_requests");
});
