import { expect, test } from "vitest";
import { distributeInput } from "./distribute-choice";

const GOOD = { clusterId: "shop", table: 500, column: "k", colocateWith: { kind: "default" }, shardCount: null };

function firstIssue(over: Record<string, unknown>): string | undefined {
  const parsed = distributeInput.safeParse({ ...GOOD, ...over });
  const issue = parsed.error?.issues[0];
  return issue && `${issue.path.join(".")}: ${issue.message}`;
}

test.each([
  [{}, undefined],
  [{ column: "" }, "column: Choose the distribution column."],
  [{ column: 7 }, "column: Choose the distribution column."],
  [{ table: "public.t" }, "table: A table is named by its oid."],
  [{ table: -1 }, "table: A table is named by its oid."],
  [{ shardCount: "many" }, "shardCount: A shard count is a whole number."],
  [{ colocateWith: "none" }, "colocateWith: Colocate with the default, with none, or with a table."],
  [{ colocateWith: { kind: "near" } }, "colocateWith.kind: Colocate with the default, with none, or with a table."],
  [{ colocateWith: { kind: "table", oid: 0 } }, "colocateWith.oid: A table is named by its oid."],
])("the input %j is answered with a sentence about its field", (over, sentence) => {
  expect(firstIssue(over)).toBe(sentence);
});
