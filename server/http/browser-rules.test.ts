import { afterEach, beforeAll, expect, test, vi } from "vitest";

const configured = { PORT: 3000, PUBLIC_ORIGIN: undefined as string | undefined };
vi.mock("@/server/env", () => ({ env: () => configured }));
let rules: typeof import("./browser-rules");
beforeAll(async () => {
  vi.resetModules(); // test files share their modules, and another one may have loaded this with its own configuration
  rules = await import("./browser-rules");
});
afterEach(() => {
  configured.PUBLIC_ORIGIN = undefined;
});

test("a page may run scripts by its own nonce only, and nothing from or to another host", () => {
  const policy = rules.contentSecurityPolicy("bm9uY2U=", false);
  expect(policy).toBe(
    "default-src 'none'; script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'; style-src 'self' 'nonce-bm9uY2U='; " +
      "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
      "worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types default nextjs",
  );
});

test("by https a browser is told to come by https only; by http it is not", () => {
  configured.PUBLIC_ORIGIN = "https://console.example";
  expect(rules.answerHeaders()["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
  configured.PUBLIC_ORIGIN = undefined;
  expect(rules.answerHeaders()).not.toHaveProperty("strict-transport-security");
  expect(rules.answerHeaders()["cache-control"]).toBe("no-store");
});
