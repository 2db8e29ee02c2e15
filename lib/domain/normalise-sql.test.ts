import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normaliseSql } from "./normalise-sql";

const SHAPES: readonly (readonly [string, string])[] = [
  ["select * from orders where email = 'ada@example.com'", "select * from orders where email = ?"],
  ["select 'it''s', \"Odd \"\" Name\".x", 'select ?, "Odd "" Name".x'],
  [String.raw`select E'it\'s secret', e'\\', x`, "select ?, ?, x"],
  [String.raw`select U&'d\0061t' uescape '\\', n'x'`, "select ? uescape ?, ?"],
  ["select b'0101', X'1F', 0x1f, 1_000, 1e-10, .5, -3", "select ?, ?, ?, ?, ?, ?, -?"],
  ["select $$secret$$, $t$a $$ b$t$, $1, x$y$z", "select ?, ?, $1, x$y$z"],
  ["select 1 -- ada@example.com\n from t /* a /* b */ secret */ where c", "select ? from t where c"],
  ['/*{"cId":3,"tId":"acme"}*/ insert into t_102008 values (\'a\', 7)', "insert into t_102008 values (?, ?)"],
  ["copy t (a, b) from stdin;\n1\tsecret\n", "copy t (a, b) from stdin;…"],
  ["set app.tenant = acme; select x", "set app.tenant = ?; select x"],
  ["alter role app set app.tenant to acme, zeta", "alter role app set app.tenant to ?, ?"],
  ["update t set a = b, c = 'x'", "update t set a = b, c = ?"],
  ["alter table t alter column c set default 'x'", "alter table t alter column c set default ?"],
  ["select $4242424242, 12abc", "select ?, ?"],
  ["select 'cut in the mid", "select …"],
  ["select $tag$ cut", "select …"],
  ["select /* cut", "select …"],
  ['select "cut', "select …"],
  [String.raw`select 'a\' or secret or '`, "select …"],
  ["select E'a'\n'b\\'c', d", "select ? ?, d"],
  ["select größe, имя from café where 表 = 'x'", "select größe, имя from café where 表 = ?"],
  ["select a ->> 'k', b @> '{}', c::text, d[1:2]", "select a ->> ?, b @> ?, c::text, d[?:?]"],
  ["", ""],
];

describe("T26: a statement without its literals", () => {
  test.each(SHAPES)("%j", (text, shape) => {
    expect(normaliseSql(text)).toBe(shape);
  });

  const canary = fc.stringMatching(/^[a-z]{6,12}$/).map((word) => `zq${word}qz`);
  const wrapped = canary.chain((word) =>
    fc.constantFrom(
      `'${word}'`,
      `E'\\'${word}'`,
      `'x''${word}'`,
      `$$${word}$$`,
      `$a$'${word}$$ $a$`,
      `/* ' ${word} */`,
      `-- ${word} '\n`,
      `/* /* ${word} */ */`,
      `U&'${word}'`,
      `'a' '${word}'`,
      `7${word}`,
    ),
  );
  const plain = fc.constantFrom(
    "select",
    "a.b",
    '"N ame"',
    "=",
    "(",
    ")",
    ",",
    "->>",
    "::",
    "$1",
    "x$y",
    "from",
    "é",
    "\n",
  );
  const statements = fc.array(fc.oneof(wrapped, plain), { maxLength: 20 }).map((tokens) => tokens.join(" "));

  test("no word inside a literal or a comment is left, wherever the text is cut", () => {
    fc.assert(
      fc.property(statements, fc.nat(), (text, cut) => {
        for (const seen of [text, text.slice(0, cut % (text.length + 1))])
          expect(normaliseSql(seen)).not.toMatch(/zq[a-z]+/);
      }),
      { numRuns: 3_000 },
    );
  });

  test("names and their order stay", () => {
    const word = fc.stringMatching(/^[a-d_]{1,6}$/).filter((name) => !/^(set|e|b)$/.test(name));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (names) => {
        expect(normaliseSql(names.join(" 'x' , "))).toBe(names.join(" ? , "));
      }),
    );
  });

  test("any text ends in bounded time and normalising twice changes nothing more", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const once = normaliseSql(text);
        if (!once.includes("…")) expect(normaliseSql(once)).toBe(once);
      }),
    );
    const started = performance.now();
    normaliseSql(`${"'".repeat(200_001)}${"/*".repeat(100_000)}${"$a".repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
