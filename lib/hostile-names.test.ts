import { describe, expect, test } from "vitest";
import { clusterIdSchema } from "./domain/cluster";
import { fullName } from "./domain/table-facts";
import { visibleAnswer, visibleText } from "./format/visible";
import { routes } from "./routes";
import { hostileNames } from "./testing/hostile-names";

const shop = clusterIdSchema.parse("shop");
const NAMES = hostileNames(500);
/** Every name as a table of one schema, and the nastiest as schemas too. */
const RAW = [
  ...NAMES.map((name) => ({ schema: "public", name })),
  ...NAMES.slice(0, 80).flatMap((schema) => ["c", "b.c", schema].map((name) => ({ schema, name }))),
  { schema: "a", name: "b.c" },
  { schema: "a.b", name: "c" },
  { schema: 'a"."b', name: "c" },
];
/** As the browser holds them. */
const TABLES = RAW.map((table) => visibleAnswer(table));

describe("F30: 500 names that break links elsewhere", () => {
  test("the link to each table leads to that table and to no other", () => {
    expect(NAMES).toHaveLength(500);
    const byName = new Map(TABLES.map((table) => [fullName(table), table]));
    expect(byName.size).toBe(TABLES.length);
    for (const table of TABLES) {
      const { pathname, searchParams, hash } = new URL(routes.table(shop, fullName(table)), "https://console.example");
      expect([pathname, hash, [...searchParams.keys()]]).toEqual(["/clusters/shop/tables", "", ["table"]]);
      expect(byName.get(searchParams.get("table") ?? "")).toBe(table);
    }
  });

  test("no two of them are drawn alike, and none draws what is not seen", () => {
    const drawn = NAMES.map((name) => visibleText(name));
    expect(new Set(drawn).size).toBe(500);
    for (const one of drawn) expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\u3164]/u);
  });

  test("the name that is typed to confirm is the one that is shown", () => {
    for (const table of RAW) expect(visibleText(fullName(table))).toBe(fullName(visibleAnswer(table)));
  });
});
