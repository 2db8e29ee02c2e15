import { expect, test } from "vitest";
import { aJob } from "@/lib/testing/jobs";
import { JOB_STATES } from "./job";
import { mayStop, openRebalance, stopNotes } from "./rebalance-stop";

test("what runs, waits or fails can be stopped; what is over cannot be found", () => {
  const stoppable = JOB_STATES.filter((state) => openRebalance([aJob({ state })]) !== undefined);
  expect(stoppable).toEqual(["scheduled", "running", "cancelling", "failing"]);
  expect(mayStop(undefined, true)).toEqual({ allowed: false, because: "No rebalance is under way." });
});

test("a second stop is held back while the first is obeyed, also when nobody can see whether it is", () => {
  const job = aJob({ state: "cancelling" });
  expect(mayStop(job, true).allowed).toBe(false);
  expect(mayStop(job, null).allowed).toBe(false);
  expect(stopNotes(job, true)).toMatchObject([{ tone: "bad" }]);
});

test("a job stuck in cancelling, with nobody left to end it, may be stopped again", () => {
  const job = aJob({ state: "cancelling" });
  expect(mayStop(job, false).allowed).toBe(true);
  expect(stopNotes(job, false).map((note) => note.tone)).toContain("warn");
});

test("a stop says what stays", () => {
  const [note] = stopNotes(aJob({ moves: { done: 2, total: 14 } }), true);
  expect(note?.text).toBe("2 of 14 moves are done and stay done; nothing is undone.");
});
