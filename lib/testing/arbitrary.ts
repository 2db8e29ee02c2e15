import fc from "fast-check";
import { z } from "zod";

type JsonSchema = Exclude<z.core.JSONSchema._JSONSchema, boolean>;

/** Texts that people, databases and attackers send: what breaks quoting, paths, logs and prototypes. */
export const NASTY_TEXTS = [
  "",
  " ",
  "'",
  '"',
  "'; drop table orders; --",
  "\\",
  "$$",
  "$1",
  "%s%n",
  "../../../etc/passwd",
  "<script>window.__pwned=1</script>",
  "{{7*7}}",
  "\u0000",
  "a\nb\r\nc",
  "\u202Egnp.exe",
  "\uD800",
  "😀",
  "__proto__",
  "constructor",
  "toString",
  "NaN",
  "1e999",
  "-0",
  "null",
  "x".repeat(20_000),
  "*",
  "pg_catalog.pg_class",
] as const;

export const nastyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ maxLength: 20 }),
);

/** Whatever JSON and structured clones can carry. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, maxDepth: 3 }),
  fc.constantFrom(null, undefined, Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, [], {}),
  fc.constant(JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}') as unknown),
);

/** Inputs for a schema: some that fit it, some that fit but for one field, some that have nothing to do with it. */
export function inputsFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  const fitting = arbitraryFor(schema);
  const spoilt = fc.tuple(fitting, fc.nat(), nastyValue).map(([input, which, value]) => spoil(input, which, value));
  return fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 4, arbitrary: spoilt }, nastyValue);
}

/** Values of a schema's shape, made from what it says of itself. What it does not say (refinements) may make some of them unfit. */
export function arbitraryFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  return fromJsonSchema(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);
}

function fromJsonSchema(shape: JsonSchema): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const choices = (shape.anyOf ?? shape.oneOf)?.map((one) => fromJsonSchema(one as JsonSchema));
  if (choices) return fc.oneof(...choices);
  if (shape.allOf) return together(shape.allOf.map((one) => fromJsonSchema(one as JsonSchema)));
  switch (shape.type) {
    case "object":
      return objectOf(shape);
    case "array":
      return fc.array(shape.items ? fromJsonSchema(shape.items as JsonSchema) : nastyValue, {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 5, 60),
      });
    case "string":
      return textOf(shape);
    case "integer":
      return fc.oneof(
        fc.integer({ min: Math.max(shape.minimum ?? -5, -5), max: 20 }),
        fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1),
      );
    case "number":
      return fc.double({ min: shape.minimum ?? -1e9, max: shape.maximum ?? 1e9, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return nastyValue;
  }
}

function objectOf(shape: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape.properties ?? {}).map(
    ([name, one]) => [name, fromJsonSchema(one as JsonSchema)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(shape.required ?? [])] });
}

function textOf({ pattern, maxLength, minLength }: JsonSchema): fc.Arbitrary<string> {
  if (pattern) return fc.oneof({ weight: 5, arbitrary: fc.stringMatching(new RegExp(pattern)) }, nastyText);
  return nastyText.map((text) => text.slice(0, maxLength).padEnd(minLength ?? 0, "x"));
}

/** An intersection: the fields of all. */
function together(parts: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.tuple(...parts).map((values) => Object.assign({}, ...(values as object[])) as unknown);
}

/** The same with one field, somewhere, that is something else. */
function spoil(input: unknown, which: number, value: unknown): unknown {
  if (typeof input !== "object" || input === null) return value;
  const names = Object.keys(input);
  const name = names[which % Math.max(1, names.length)];
  return name === undefined ? value : { ...input, [name]: value };
}
