import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bansBroken, brokenIn } from "./testing/architecture-bans";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

test("T3: nothing of the framework is used that was a hole elsewhere, and the proxy decides nothing", () => {
  expect(bansBroken(ROOT)).toEqual([]);
});

test.each([
  ["server/a.ts", '"use cache";', "kept for the next"],
  ["components/a.tsx", "node.innerHTML = name;", "never made HTML"],
  ["lib/a.ts", "return new Function(text);", "never made a program"],
  ["app/a/route.ts", "export async function POST() {}", "a route reads"],
  ["app/a/route.ts", 'import { run } from "@/server/pg/run";\nexport const GET = clusterLive();', "a route reads"],
  ["app/a/page.tsx", 'export const dynamic = "force-static";', "a nonce of its own"],
  ["proxy.ts", "return NextResponse.redirect(url);", "never decides"],
  ["proxy.ts", "return new Response(null, { status: 401 });", "never decides"],
  ["proxy.ts", 'if (request.cookies.get("x")) return;', "never decides"],
  ["next.config.ts", "rewrites: async () => [],", "one thing"],
  ["next.config.ts", "images: {}", "fetches what it is told to"],
])("%s with %s is found", (file, source, because) => {
  expect(brokenIn(file, source).join("\n")).toContain(because);
});

test("a comment may name what is banned", () => {
  expect(brokenIn("server/a.ts", "/** No eval( here. */\nexport const a = 1; // nor innerHTML\n")).toEqual([]);
});
