import { expect, test } from "vitest";
import { aPicture } from "@/lib/testing/layout";
import { compareExact } from "./exact-comparison";
import { mayFindKey } from "./find-key";

const picture = aPicture();
const shard = (shardId: number, groupId: number, bytes: number | null) => ({
  shardId,
  tableOid: 1,
  groupId,
  name: "",
  bytes,
});
const measured = (...shards: ReturnType<typeof shard>[]) =>
  compareExact(picture, { of: { kind: "table", tableOid: 1 }, shards, tookMs: 1, warnings: [] });

test("equal sizes are said to be equal, and what Citus could not measure is said apart", () => {
  const bytes = picture.sizes(102008, 1);
  expect(measured(shard(102008, 1, bytes)).sentence).toBe("Citus measures the same as the console.");
  expect(measured(shard(102008, 1, bytes), shard(102009, 2, null)).sentence).toBe(
    "Citus measures the same as the console. Citus could not measure 1 placement.",
  );
  expect(measured(shard(102009, 2, null)).sentence).toBe("Citus could not measure any of them.");
  expect(measured().sentence).toBe("Citus lists no shard of it.");
});

test("a table that grew meanwhile differs by what it grew", () => {
  const bytes = (picture.sizes(102008, 1) ?? 0) + 8192;
  expect(measured(shard(102008, 1, bytes)).sentence).toBe("1 placement measured differently: 8 kB more than shown.");
});

test("only a hash column leads from a value to a shard, and every other kind of table says why not", () => {
  const table = { schema: "public", name: "t", distributionColumn: null };
  const because = (kind: "reference" | "schema" | "single-shard" | "local") => {
    const verdict = mayFindKey({ ...table, kind });
    return verdict.allowed ? "" : verdict.because;
  };
  expect(because("reference")).toMatch(/every node holds all its rows/);
  expect(because("schema")).toMatch(/one shard holds all its rows/);
  expect(because("single-shard")).toMatch(/one shard holds all its rows/);
  expect(because("local")).toMatch(/on the coordinator/);
  expect(mayFindKey({ ...table, kind: "distributed", distributionColumn: "id" }).allowed).toBe(true);
});
