import { expect, test } from "vitest";
import { shardColumns } from "@/lib/domain/shard-columns";
import { type Known, type Look, whatToRead } from "./watched";

const look = (over: Partial<Look> = {}): Look => ({
  snapshot: "800:800:",
  server_start: "noon",
  newest_placement: "7",
  ...over,
});

/** What is known of so many shards; looked at, summed up and read as a whole at 0. */
function known(shards = 100_000, over: Partial<Known> = {}): Known {
  const topology = { tables: [], colocationGroups: [], shards: { ...shardColumns([]), count: shards } };
  return { topology, look: look(), sum: 7, summedAt: 0, readAt: 0, ...over };
}

test("while no transaction ends nothing is read, however long that lasts within the ten minutes", () => {
  expect(whatToRead(known(), look(), 9 * 60_000)).toBe("nothing");
  expect(whatToRead(known(), look({ snapshot: "800:802:800" }), 9 * 60_000)).not.toBe("nothing");
});

test("a new placement is read at once, whatever the last sum was", () => {
  expect(whatToRead(known(), look({ snapshot: "801:801:", newest_placement: "8" }), 1)).toBe("new placements");
});

test("what only the sum shows is looked for 4 s later per 100,000 shards, and in a small cluster at once", () => {
  const busy = look({ snapshot: "801:801:" });
  expect(whatToRead(known(), busy, 3_999)).toBe("nothing");
  expect(whatToRead(known(), busy, 4_000)).toBe("tables and sum");
  expect(whatToRead(known(100), busy, 4)).toBe("tables and sum");
});

test("another server, and ten minutes, are reasons to read everything", () => {
  expect(whatToRead(known(), look({ server_start: "one" }), 1)).toBe("everything");
  expect(whatToRead(known(), look(), 10 * 60_000 + 1)).toBe("everything");
});
