import { expect, test } from "vitest";
import { type Claim, claimInTheWay, rivalSentence } from "./claim";

const shared = (object: string): Claim => ({ object, mode: "shared" });
const alone = (object: string): Claim => ({ object, mode: "exclusive" });

test.each([
  [[alone("node:1")], [alone("node:1")], true],
  [[alone("node:1")], [shared("node:1")], true],
  [[shared("shards")], [alone("shards")], true],
  [[shared("shards")], [shared("shards")], false],
  [[alone("node:1")], [alone("node:2")], false],
  [[], [alone("node:1")], false],
])("claims %j beside %j are in the way: %s", (wanted, held, isInTheWay) => {
  expect(claimInTheWay(wanted, held) !== undefined).toBe(isInTheWay);
});

test("who is in the way is said with what, since when and how long; of another day with its date", () => {
  const run = { actor: "ada", doing: "draining :55167", startedAt: Date.UTC(2026, 0, 5, 12, 4, 10) };
  expect(rivalSentence(run, run.startedAt + 120_000)).toBe(
    "ada has been draining :55167 since 12:04:10 UTC (2 min). Wait until it is over, or agree with ada.",
  );
  expect(rivalSentence(run, run.startedAt + 86_400_000)).toContain("since 2026-01-05 12:04:10 UTC (1 d)");
});
