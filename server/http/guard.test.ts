import { beforeAll, expect, test, vi } from "vitest";

vi.mock("@/server/env", () => ({ env: () => ({ PORT: 3000 }) }));
let guard: typeof import("./guard");
beforeAll(async () => {
  guard = await import("./guard");
});

const OWN = "http://localhost:3000";
const SITES = ["same-origin", "same-site", "cross-site", "none", null] as const;
const ORIGINS = [OWN, "http://127.0.0.1:3000", "https://evil.example", "http://localhost:3001", "null", null] as const;
const HOSTS = ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost", "evil.example:3000"] as const;

const cases = HOSTS.flatMap((host) => SITES.flatMap((site) => ORIGINS.map((origin) => ({ host, site, origin }))));

function headersOf({ host, site, origin }: (typeof cases)[number]): Headers {
  return new Headers({ host, ...(site && { "sec-fetch-site": site }), ...(origin && { origin }) });
}

test.each(cases)("a change from host $host, site $site, origin $origin", (one) => {
  const isOwnHost = ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"].includes(one.host);
  const isOwnSite = one.site === "same-origin" || (one.site === null && one.origin !== null);
  const isOwnOrigin = one.origin === null || one.origin === OWN || one.origin === "http://127.0.0.1:3000";
  const ask = () => guard.requireSameOrigin(headersOf(one));
  if (isOwnHost && isOwnSite && isOwnOrigin) expect(ask).not.toThrow();
  else expect(ask).toThrow();
});

test("a command line may read, another site's page may not", () => {
  expect(() => guard.refuseCrossSite(new Headers({ host: "localhost:3000" }))).not.toThrow();
  expect(() => guard.refuseCrossSite(new Headers({ host: "localhost:3000", "sec-fetch-site": "none" }))).not.toThrow();
  expect(() =>
    guard.refuseCrossSite(new Headers({ host: "localhost:3000", "sec-fetch-site": "cross-site" })),
  ).toThrow();
});
