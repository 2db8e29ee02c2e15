import { expect, test } from "vitest";
import { aPicture } from "@/lib/testing/layout";
import { mapColumns } from "./map-columns";
import { shardOrder } from "./shard-order";
import { readShardView } from "./shard-view";
import { isFiltered, shownGroups } from "./shown-groups";

const picture = aPicture();
const usual = readShardView(new URLSearchParams());

test.each(["groups", "shards"] as const)(
  "of the %s that a filter lets through, the groups are shown and no others",
  (rows) => {
    const view = { ...usual, rows, filter: "customers", node: 2 };
    const shown = shownGroups(picture, rows, shardOrder(picture, mapColumns(picture), view));
    const wanted = picture.groups.map((group) =>
      Number(
        group.groupIds.includes(2) && group.tableOids.some((oid) => picture.tables.get(oid)?.name === "customers"),
      ),
    );
    expect([...shown]).toEqual(wanted);
    expect(wanted).toContain(1);
  },
);

test("blanks are no filter; a node and a column are one", () => {
  expect(isFiltered({ ...usual, filter: "  " })).toBe(false);
  expect([{ filter: "a" }, { node: 0 }, { column: "local" }].map((one) => isFiltered({ ...usual, ...one }))).toEqual([
    true,
    true,
    true,
  ]);
});
