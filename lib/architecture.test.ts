import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { violations } from "./testing/architecture";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

test("every file keeps to the rules of the house", () => {
  expect(violations(ROOT)).toEqual([]);
});

test.each([
  ["components/nodes/a.tsx", 'import { run } from "@/server/pg/run";', "components get data from lib/queries"],
  ["components/nodes/a.tsx", 'import { B } from "../shards/b";', "one area of components does not know another"],
  ["lib/domain/a.ts", 'import { useQuery } from "@tanstack/react-query";', "domain is types, zod, arithmetic"],
  ["server/nodes/a.ts", 'import "server-only";\nimport pg from "pg";', "only server/pg speaks to pg"],
  [
    "server/nodes/a.ts",
    'import "server-only";\nimport { addPoints } from "@/server/store/metrics";',
    "only the worker thread opens the history",
  ],
  ["server/nodes/a.ts", "export const a = 1;", 'a server file begins with import "server-only"'],
  ["server/sql/a.ts", 'import "server-only";\nexport const a = statement({});', "a statement says why it exists"],
  [
    "server/actions/a.ts",
    '"use server";\nexport const a = async () => {};',
    "an action is made by server/actions/wrap",
  ],
  ["app/api/a/route.ts", "export async function GET() {}", "routes only read, through the wrapper"],
  ["server/actions/a.ts", '"use server";\nexport const a = openAction({});', "only signing in needs no session"],
  [
    "server/pg/a.ts",
    'import "server-only";\nexport const a = new pg.Client({});',
    "a connection to a cluster is a Session",
  ],
  ["app/a/page.tsx", "export default () => null;", "each page asks who looks at it"],
  ["app/a/page.tsx", 'export default () => <a href="/clusters">x</a>;', "addresses come from lib/routes"],
  ["components/ui/a.tsx", 'const red = "#bf2618";', "a literal colour outside app/tokens.css"],
])("%s with %s is found", (path, text, because) => {
  const root = mkdtempSync(join(tmpdir(), "house-"));
  try {
    for (const top of ["app", "components", "lib", "server"]) mkdirSync(join(root, top), { recursive: true });
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    expect(violations(root).join("\n")).toContain(because);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
