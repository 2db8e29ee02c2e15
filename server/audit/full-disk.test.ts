import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { type Database, storeStatement } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { aSqliteState, type StatePlace } from "@/server/testing/state-database";
import { acknowledgeInside, appendInside } from "./append";
import { listAudit, walkChain } from "./reads";
import { verifyChain } from "./verify";

const sql = (text: string) => storeStatement({ text, row: z.looseObject({}) });
const main = clusterIdSchema.parse("main");
const everything = { clusterId: main, filter: { scope: "cluster" as const }, actorId: null };
const deed = (size = 10) => ({ kind: "intent" as const, clusterId: main, details: { sql: "x".repeat(size) } });

describe("F20: where the audit cannot be written nothing is done, and everything can still be read", () => {
  let place: StatePlace;
  let database: Database;
  const append = (size?: number) =>
    database.transaction(async (inside) => {
      await inside.all(sql("insert into settings (name, value) values ('deed', 'begun')"));
      await appendInside(inside, deed(size));
    });
  beforeEach(async () => {
    place = aSqliteState();
    database = await place.open();
    await migrate(database, STATE_MIGRATIONS);
    for (let index = 0; index < 3; index += 1) await database.transaction((inside) => appendInside(inside, deed()));
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });
  const refused = { kind: "AppError", code: "record_failed" };
  async function nothingWasDone() {
    expect(await database.all(sql("select * from settings"))).toEqual([]);
    expect((await listAudit(database, everything)).entries).toHaveLength(3);
    expect(await verifyChain(walkChain(database))).toMatchObject({ count: 3, misfit: null });
  }

  test("a full disk refuses the deed with its record, and the next one works once there is room", async () => {
    const [pages] = await database.all(
      storeStatement({ text: "pragma page_count", row: z.object({ page_count: z.number() }) }),
    );
    await database.all(sql(`pragma max_page_count = ${pages?.page_count}`));
    await expect(append(100_000)).rejects.toMatchObject(refused);
    await nothingWasDone();
    await database.all(sql("pragma max_page_count = 100000"));
    await append(100_000);
    expect(await verifyChain(walkChain(database))).toMatchObject({ count: 4, misfit: null });
  });

  test("a file that may only be read refuses the deed with its record", async () => {
    await database.all(sql("pragma query_only = on"));
    // Not even a transaction can be begun; whoever records an intent says of either that the record failed.
    await expect(append()).rejects.toMatchObject({ kind: "AppError", code: "state_failed" });
    await database.all(sql("pragma query_only = off"));
    await nothingWasDone();
  });

  test("a newest record that does not fit refuses every deed until somebody acknowledged it; the check still names it", async () => {
    await database.all(sql("drop trigger audit_is_only_added_to"));
    await database.all(sql(`update audit set body = replace(body, 'xxx', 'yyy') where seq = 3`));
    await expect(append()).rejects.toMatchObject({ ...refused, message: expect.stringContaining("(#3) does not fit") });
    expect(await database.all(sql("select * from settings"))).toEqual([]);
    expect((await listAudit(database, everything)).entries).toHaveLength(3);

    await database.transaction((inside) => acknowledgeInside(inside, { by: "Ada", because: "the disk lied" }));
    await append();
    expect((await verifyChain(walkChain(database))).misfit).toMatchObject({ seq: 3 });
    expect(await verifyChain(walkChain(database, 4), { from: 4 })).toMatchObject({ count: 2, misfit: null });
  });

  test("a record that cannot be read is a line of the list that says so", async () => {
    await database.all(sql("drop trigger audit_is_only_added_to"));
    await database.all(sql(`update audit set body = '{' where seq = 2`));
    const { entries } = await listAudit(database, everything);
    expect(entries.map(({ seq, record }) => [seq, record !== null])).toEqual([
      [3, true],
      [2, false],
      [1, true],
    ]);
  });
});
