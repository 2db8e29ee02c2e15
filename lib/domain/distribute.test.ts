import { describe, expect, test } from "vitest";
import { aColumn, aForeignKey, aKey, aPlainTable, someSurroundings } from "@/lib/testing/tables";
import { mayDistribute } from "./distribute";
import type { ColocateWith, DistributeChoice } from "./distribute-choice";
import type { Surroundings } from "./distribute-surroundings";
import type { TableFacts } from "./table-facts";

const DEFAULT: DistributeChoice = { column: "k", colocateWith: { kind: "default" }, shardCount: null };
const withTable = (oid: number): ColocateWith => ({ kind: "table", oid });

type Given = { table?: Partial<TableFacts>; choice?: Partial<DistributeChoice>; around?: Partial<Surroundings> };
function judge({ table, choice, around }: Given) {
  return mayDistribute(aPlainTable(table), { ...DEFAULT, ...choice }, someSurroundings(around));
}

/** The first refusal: the fact and what it means, then the next step. */
function refusal(given: Given): string {
  const { verdict } = judge(given);
  return verdict.allowed ? "allowed" : verdict.because;
}

describe("each refusal of the recordings has a fact, a meaning and a next step", () => {
  test.each<[name: string, given: Given, sentence: string]>([
    ["unknown column", { choice: { column: "nope" } }, 'public.t has no column "nope". Choose one of its columns.'],
    [
      "unique constraint without the column",
      { table: { keys: [aKey("t_code_key", ["code"])] } },
      "The unique key t_code_key (code) does not contain k. A shard sees its own rows only, so it could not keep the rows unique. Choose a column of that key, add k to it, or drop it.",
    ],
    [
      "already distributed",
      { table: { citusKind: "distributed" } },
      "public.t is already a distributed table. To distribute it anew, undistribute it first.",
    ],
    [
      "colocation type mismatch",
      { choice: { colocateWith: withTable(3) } },
      "k is bigint, public.names.name is text. Equal values would hash differently, so public.t cannot lie beside it. Change the type of one column, or choose another table.",
    ],
    [
      "shard count with colocate_with",
      { choice: { colocateWith: withTable(1), shardCount: 4 } },
      "A shard count and a table to colocate with were both chosen. Colocated tables have the same shards. Choose one of the two.",
    ],
    [
      "shard count zero",
      { choice: { shardCount: 0 } },
      "0 is no shard count. Citus takes whole numbers from 1 to 64\u2009000. A few times the number of workers is usual; 32 is Citus' own default.",
    ],
    [
      "generated column",
      { table: { columns: [aColumn("k", { isGenerated: true })] } },
      "k is a generated column. Citus needs the value before the row reaches a shard. Choose a column that is stored as it is sent.",
    ],
    [
      "type without hash function",
      { table: { columns: [aColumn("k", { plainType: "point", isHashable: false })] } },
      "k is of type point, which has no hash function all the way down. Citus could not tell a row's shard. Choose a column of another type.",
    ],
    [
      "foreign key to a plain table",
      { table: { foreignKeys: [aForeignKey("t_r_fkey")] } },
      "The foreign key t_r_fkey points to public.r, which is on the coordinator only. The workers could not check it. First make public.r a reference table or distribute it, or drop the key.",
    ],
    [
      "inheritance",
      { table: { hasInheritors: true } },
      "Other tables inherit from public.t. Citus distributes no tables with inheritance. End it with ALTER TABLE … NO INHERIT, or use partitions.",
    ],
    [
      "temporary table",
      { table: { isTemporary: true } },
      "public.t is a temporary table. Only the session that made it can see it. Create it as a permanent table first.",
    ],
    [
      "view",
      { table: { relationKind: "view" } },
      "public.t is a view. Citus distributes tables only. Distribute the tables below it.",
    ],
    [
      "trigger",
      { table: { triggers: ["g"] } },
      "It has the trigger g. Triggers would fire per shard, so Citus refuses tables that have any, switched off or not. Drop them first.",
    ],
  ])("%s", (_name, given, sentence) => expect(refusal(given)).toBe(sentence));
});

describe("accepted, as in the recordings", () => {
  test("unlogged, with a note", () => {
    const { verdict, notes } = judge({ table: { isUnlogged: true } });
    expect(verdict.allowed).toBe(true);
    expect(notes.map((note) => note.text).join()).toMatch(/unlogged/);
  });

  test("an identity column, with the warning that there is no way back", () => {
    const columns = [aColumn("k", { isIdentity: true, plainType: "integer" })];
    const { verdict, notes } = judge({ table: { columns }, choice: { colocateWith: { kind: "none" } } });
    expect(verdict.allowed).toBe(true);
    expect(notes.find((note) => note.tone === "warn")).toMatchObject({
      text: expect.stringMatching(/cannot undistribute/),
      detail: expect.stringMatching(/through the coordinator only/),
    });
  });

  test("triggers, where citus.enable_unsafe_triggers is on", () => {
    expect(judge({ table: { triggers: ["g"] }, around: { unsafeTriggers: true } }).verdict.allowed).toBe(true);
  });
});

describe("where the shards land", () => {
  test("the default joins the first group of equal type and shard count", () => {
    expect(judge({}).landing).toEqual({ groupId: 2, shardCount: 32 });
    expect(judge({ choice: { shardCount: 16 } }).landing).toEqual({ groupId: null, shardCount: 16 });
  });

  test("none makes a new group, a table its own", () => {
    expect(judge({ choice: { colocateWith: { kind: "none" } } }).landing).toEqual({ groupId: null, shardCount: 32 });
    expect(judge({ choice: { colocateWith: withTable(2) } }).landing).toEqual({ groupId: 2, shardCount: 32 });
  });

  test("a new group needs an open node for every copy, an existing one does not", () => {
    const closed = someSurroundings().nodes.map((node) => ({ ...node, mayHoldShards: false }));
    expect(refusal({ choice: { colocateWith: { kind: "none" } }, around: { nodes: closed } })).toMatch(
      /No active node/,
    );
    expect(refusal({ around: { nodes: closed } })).toBe("allowed");
    expect(refusal({ around: { replicationFactor: 4 } })).toMatch(/factor is 4, and 3 nodes may hold shards/);
  });

  test("a collation of its own keeps a column out of a group, whoever chose the group", () => {
    const table = { columns: [aColumn("k", { plainType: "text", collation: "pg_catalog.C" })] };
    expect(refusal({ table, choice: { colocateWith: withTable(3) } })).toMatch(/Colocated columns need the same/);
    expect(refusal({ table })).toMatch(/Colocated columns need the same/);
    expect(refusal({ table, choice: { colocateWith: { kind: "none" } } })).toBe("allowed");
  });

  test("a table that is gone, and the table itself, are no company", () => {
    expect(refusal({ choice: { colocateWith: withTable(77) } })).toMatch(/is gone/);
    expect(refusal({ choice: { colocateWith: withTable(500) } })).toMatch(/with itself/);
  });
});

describe("foreign keys", () => {
  const toCustomers = aForeignKey("fk", {
    columns: ["k"],
    otherOid: 1,
    otherName: "public.customers",
    otherKind: "distributed",
    otherColocationId: 2,
    otherDistributionColumn: "customer_id",
    otherColumns: ["customer_id"],
  });

  test("one to a distributed table holds only beside it", () => {
    expect(refusal({ table: { foreignKeys: [toCustomers] } })).toBe("allowed");
    expect(refusal({ table: { foreignKeys: [toCustomers] }, choice: { colocateWith: { kind: "none" } } })).toMatch(
      /Colocate with public\.customers\.$/,
    );
  });

  test("the distribution columns stand at the same place", () => {
    const crossed = { ...toCustomers, columns: ["note", "k"], otherColumns: ["customer_id", "x"] };
    expect(refusal({ table: { foreignKeys: [crossed] } })).toMatch(/does not tie k to customer_id/);
  });

  test("no rule of it may change the distribution column", () => {
    for (const rule of [{ onDelete: "set null" }, { onDelete: "set default" }, { onUpdate: "cascade" }] as const) {
      expect(refusal({ table: { foreignKeys: [{ ...toCustomers, ...rule }] } })).toMatch(/would change a row's shard/);
    }
    expect(refusal({ table: { foreignKeys: [{ ...toCustomers, onDelete: "cascade" }] } })).toBe("allowed");
  });

  test("a plain table that points here is a warning: Citus lets it through", () => {
    const { verdict, notes } = judge({ table: { referencedBy: [aForeignKey("back", { otherName: "public.c" })] } });
    expect(verdict.allowed).toBe(true);
    expect(notes[0]).toMatchObject({ tone: "warn", text: expect.stringMatching(/public\.c points here/) });
  });
});

describe("the cluster and the login", () => {
  test("a silent node is named", () => {
    const nodes = someSurroundings().nodes.map((node) => ({ ...node, silent: node.name === ":55166" }));
    expect(refusal({ around: { nodes } })).toMatch(/^:55166 does not answer\./);
  });

  test("somebody else's table is refused with the role that is missing", () => {
    expect(refusal({ table: { isOwned: false } })).toMatch(/belongs to app, and dba has not the rights/);
  });
});

test("everything that stands against it is listed, refusals first", () => {
  const { notes } = judge({
    table: { triggers: ["g"], isUnlogged: true, keys: [aKey("a", ["x"]), aKey("b", ["y"])] },
    choice: { column: "note" },
  });
  const tones = notes.map((note) => note.tone);
  expect(tones.filter((tone) => tone === "bad")).toHaveLength(3);
  expect(tones).toEqual(
    [...tones].sort((a, b) => ["bad", "warn", "info", "ok"].indexOf(a) - ["bad", "warn", "info", "ok"].indexOf(b)),
  );
});
