import fc from "fast-check";
import { expect, test } from "vitest";
import { isReferenceCopy, parseMoveCommand } from "./task-command";

test("a move names shard, nodes and mode by id", () => {
  const command = "SELECT pg_catalog.citus_move_shard_placement(102029,2,7,'force_logical')";
  expect(parseMoveCommand(command)).toEqual({
    shardId: 102029,
    source: { nodeId: 2 },
    target: { nodeId: 7 },
    mode: "force_logical",
  });
});

test("before 11.2 a move names its nodes by address", () => {
  const command = "SELECT pg_catalog.citus_move_shard_placement(102029,'w1.example',5432,'it''s',5433,'auto')";
  expect(parseMoveCommand(command)).toEqual({
    shardId: 102029,
    source: { host: "w1.example", port: 5432 },
    target: { host: "it's", port: 5433 },
    mode: "auto",
  });
});

test("the copy of reference tables is no move", () => {
  const whole = "SELECT pg_catalog.replicate_reference_tables('force_logical')";
  const single = "SELECT citus_internal.citus_internal_copy_single_shard_placement(102104,1,5,2,'block_writes')";
  expect([whole, single].map(parseMoveCommand)).toEqual([null, null]);
  expect([whole, single].map(isReferenceCopy)).toEqual([true, true]);
});

test("any other text is neither, and never throws", () => {
  fc.assert(fc.property(fc.string(), (text) => parseMoveCommand(text) === null && !isReferenceCopy(text)));
});
