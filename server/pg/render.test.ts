import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { render } from "./render";
import { type SqlValue, sql, statement } from "./sql";

const echo = statement({
  name: "test.echo",
  access: "ops",
  fanOut: "none",
  text: sql`
    select f($1,
             $2)`,
  values: (values: readonly SqlValue[]) => values,
  row: z.unknown(),
});

test("values stand where their parameters stood, and the margin of the source file is gone", () => {
  expect(render(echo, ["127.0.0.1", 5432])).toBe("select f('127.0.0.1',\n         5432);");
});

test("a statement that begins beside its backtick is not pushed to the right by the file's margin", () => {
  const inline = {
    ...echo,
    text: sql`select f($1,
               b => $2,
                 c => 3)`,
  };
  expect(render(inline, [1, 2])).toBe("select f(1,\n  b => 2,\n    c => 3);");
});

test("text that would end a literal does not", () => {
  expect(render(echo, ["o'clock", null])).toContain("'o''clock'");
  expect(render(echo, ["a\\b", true])).toContain("E'a\\\\b'");
});

test("a value that looks like a parameter is not replaced again", () => {
  expect(render(echo, ["$2", 7])).toBe("select f('$2',\n         7);");
});

test("whatever the text, a literal is closed by its own last quote and by no other", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const shown = render(echo, [text, 1]);
      const literal = shown.slice("select f(".length, shown.lastIndexOf(",\n         1);"));
      const body = literal.replace(/^E?'/, "").replace(/'$/, "");
      expect(body.replaceAll("''", "")).not.toContain("'");
    }),
  );
});
