import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPath } from "./next-path";
import { routes } from "./routes";

const HOSTILE = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example/clusters/a/nodes",
  "javascript:alert(1)",
  "/clusters/a/nodes@evil.example",
  "/sign-in?next=/",
  "/api/clusters/a/events",
  "/%2f%2fevil.example",
  "/clusters/../..//evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "http:/clusters/a",
  " /clusters/a",
  "",
  null,
  ["/account"],
];
const pieces = fc.constantFrom(
  "/",
  "//",
  "\\",
  "..",
  ".",
  "@",
  ":",
  "%2f",
  "%5c",
  "\t",
  "\n",
  "\0",
  "http:",
  "evil.example",
  "clusters",
  "account",
  "a",
  "?",
  "#",
  "nodes",
  "\u202e",
);
const wild = fc.oneof(
  fc.string(),
  fc.webUrl(),
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
);

test("T19: whatever is asked for, what comes back is on the console's own origin", () => {
  fc.assert(
    fc.property(wild, (wanted) => {
      const next = nextPath(wanted);
      expect(new URL(next, "https://console.example:8443").origin).toBe("https://console.example:8443");
      expect(next).toMatch(/^\/(?![/\\])/);
      // What a browser's address bar makes of it a second time is the same.
      expect(nextPath(next)).toBe(next);
    }),
    { numRuns: 5_000 },
  );
});

test.each(HOSTILE)("T19: %j leads to the start page", (wanted) => {
  expect(nextPath(wanted)).toBe(routes.home());
});

test.each([
  "/",
  "/account",
  "/people",
  "/clusters/a/tables?table=public.%22x%22&view=a",
  "/clusters/a-1/operations/0199-ab",
])("the known address %s is kept with what follows its question mark", (wanted) => {
  expect(nextPath(wanted)).toBe(wanted);
});
