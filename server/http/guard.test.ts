import { afterAll, beforeAll, expect, test, vi } from "vitest";

const configured = { PORT: 3000, PUBLIC_ORIGIN: undefined as string | undefined };
vi.mock("@/server/env", () => ({ env: () => configured }));
let guard: typeof import("./guard");
beforeAll(async () => {
  vi.resetModules(); // test files share their modules, and another one may have loaded this with its own configuration
  guard = await import("./guard");
});
afterAll(() => {
  configured.PUBLIC_ORIGIN = undefined;
});

const PUBLIC = "https://console.example";
const LOOPBACK = "http://localhost:3000";
const SITES = ["same-origin", "cross-site", "none", null] as const;
const ORIGINS = ["own", "https://evil.example", "null", null] as const;
const HOSTS = ["own", "evil.example"] as const;
const CONFIGURED = [PUBLIC, undefined] as const;

const cases = CONFIGURED.flatMap((publicOrigin) =>
  HOSTS.flatMap((host) => SITES.flatMap((site) => ORIGINS.map((origin) => ({ publicOrigin, host, site, origin })))),
);

function codeOf(ask: () => void): string {
  try {
    ask();
    return "let through";
  } catch (cause) {
    return (cause as { code: string }).code;
  }
}

test("T4: the table of requests that may change something has 64 rows", () => {
  expect(cases).toHaveLength(64);
});

test.each(cases)("T4: public origin $publicOrigin, host $host, site $site, origin $origin", (one) => {
  configured.PUBLIC_ORIGIN = one.publicOrigin;
  const own = one.publicOrigin ?? LOOPBACK;
  const headers = new Headers({
    host: one.host === "own" ? new URL(own).host : one.host,
    ...(one.site && { "sec-fetch-site": one.site }),
    ...(one.origin && { origin: one.origin === "own" ? own : one.origin }),
  });
  const isOurs = one.origin === "own" && (one.site === "same-origin" || one.site === null);
  const expected = one.host !== "own" ? "wrong_host" : isOurs ? "let through" : "cross_site";
  expect(codeOf(() => guard.requireSameOrigin(headers))).toBe(expected);
});

test.each([
  ["localhost", "wrong_host"],
  ["localhost:3001", "wrong_host"],
  ["localhost.evil.example:3000", "wrong_host"],
  ["user@localhost:3000", "wrong_host"],
  ["127.0.0.1:3000", "let through"],
  ["[::1]:3000", "let through"],
])("T18: without a public origin, a read under the host %s is %s", (host, expected) => {
  configured.PUBLIC_ORIGIN = undefined;
  expect(codeOf(() => guard.refuseCrossSite(new Headers({ host })))).toBe(expected);
});

test("T18: with a public origin the names of the machine are foreign, and so is a forwarded host that differs", () => {
  configured.PUBLIC_ORIGIN = PUBLIC;
  expect(codeOf(() => guard.refuseCrossSite(new Headers({ host: "localhost:3000" })))).toBe("wrong_host");
  const forwarded = (name: string) => new Headers({ host: "console.example", "x-forwarded-host": name });
  expect(codeOf(() => guard.refuseCrossSite(forwarded("console.example")))).toBe("let through");
  expect(codeOf(() => guard.refuseCrossSite(forwarded("evil.example")))).toBe("wrong_host");
  expect(codeOf(() => guard.refuseCrossSite(forwarded("console.example, evil.example")))).toBe("wrong_host");
});

test("T4: one name of this machine is another origin than the next, though both are ours", () => {
  configured.PUBLIC_ORIGIN = undefined;
  const headers = new Headers({ host: "localhost:3000", origin: "http://127.0.0.1:3000" });
  expect(codeOf(() => guard.requireSameOrigin(headers))).toBe("cross_site");
});

test("an action that was handed on inside the console is refused: nobody could say any more where it came from", () => {
  configured.PUBLIC_ORIGIN = undefined;
  const own = { host: "localhost:3000", origin: LOOPBACK, "sec-fetch-site": "same-origin" };
  expect(codeOf(() => guard.requireSameOrigin(new Headers(own)))).toBe("let through");
  expect(codeOf(() => guard.requireSameOrigin(new Headers({ ...own, "x-action-forwarded": "1" })))).toBe("not_found");
});

test("T18: what is refused is not repeated in the refusal", () => {
  configured.PUBLIC_ORIGIN = undefined;
  const hostile = "reflected.example";
  const asked = [
    new Headers({ host: hostile }),
    new Headers({ host: "localhost:3000", origin: `https://${hostile}` }),
    new Headers({ host: "localhost:3000", "sec-fetch-site": hostile }),
  ];
  for (const headers of asked) expect(() => guard.requireSameOrigin(headers)).not.toThrow(hostile);
});

test("a command line may read, another site's page may not", () => {
  configured.PUBLIC_ORIGIN = undefined;
  const read = (site?: string) =>
    codeOf(() =>
      guard.refuseCrossSite(new Headers({ host: "localhost:3000", ...(site && { "sec-fetch-site": site }) })),
    );
  expect(read()).toBe("let through");
  expect(read("none")).toBe("let through");
  expect(read("cross-site")).toBe("cross_site");
  expect(read("same-site")).toBe("cross_site");
});
