import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenizeSql } from "./sql-tokens";

const kinds = (sql: string) => tokenizeSql(sql).map(({ kind, text }) => `${kind}:${text}`);

test("a keyword inside a string, a comment or a quoted name is no keyword", () => {
  expect(kinds("select 'from' -- where\n")).toEqual([
    "keyword:select",
    "plain: ",
    "string:'from'",
    "plain: ",
    "comment:-- where",
    "plain:\n",
  ]);
  expect(kinds('"select"')).toEqual(['plain:"select"']);
});

test("a doubled quote does not end a string", () => {
  expect(kinds("'it''s'")).toEqual(["string:'it''s'"]);
});

test("nothing of the text is lost or changed, whatever it is", () => {
  fc.assert(
    fc.property(
      fc.string(),
      (sql) =>
        tokenizeSql(sql)
          .map((token) => token.text)
          .join("") === sql,
    ),
  );
});
