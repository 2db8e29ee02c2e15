import { expect, test } from "vitest";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { aSqliteState } from "@/server/testing/state-database";
import { appendInside } from "./append";
import { walkChain } from "./reads";
import { verifyChain } from "./verify";

test("F21: a clock that jumps an hour back or forward changes nothing of the order on record, and the chain holds", async () => {
  const place = aSqliteState();
  const database = await place.open();
  await migrate(database, STATE_MIGRATIONS);
  const began = Date.parse("2026-11-21T12:00:00Z");
  const hours = [0, 1, -1, 0, -1];
  for (const hour of hours)
    await database.transaction((inside) => appendInside(inside, { kind: "intent" }, began + hour * 3_600_000));
  const seen: (number | null)[] = [];
  for await (const { seq } of walkChain(database)) seen.push(seq);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  expect(await verifyChain(walkChain(database))).toMatchObject({ count: hours.length, misfit: null });
  await database.close();
  await place.remove();
});
