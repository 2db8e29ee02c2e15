import { actionId } from "../scripts/steps/action-id.ts";
import { expect, test } from "./fixtures";
import { written } from "./own-state";
import { cookieOf } from "./people";
import { send } from "./raw-request";

/** The console under test, as playwright.config.ts has it. */
const BASE = process.env.E2E_BASE_URL ?? "http://localhost:3000";

const LIVE = "/api/clusters/e2e/live/nodes";

/** What an answer of the console holds that only somebody who is signed in may see: names of tables and of the cluster's login. */
const DATA = /order_items|shardboard_read|"nodes":/;

test("T18: under another host name there is nothing: no data, no page, no file, and the name is not repeated", async () => {
  const { port } = new URL(BASE);
  const cookie = cookieOf("admin");
  const foreign: Record<string, string>[] = [
    { host: "evil.example" },
    { host: `evil.example:${port}` },
    { host: "localhost:1" },
    { host: `localhost.evil.example:${port}` },
    { host: `localhost:${port}`, "x-forwarded-host": "evil.example" },
  ];
  for (const path of [LIVE, "/", "/sign-in", "/clusters/e2e/nodes", "/nope", "/_next/static/x.js", "/icon.svg"])
    for (const headers of foreign) {
      const answer = await send(BASE, { path, headers: { ...headers, cookie } });
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(421);
      expect(answer.text + JSON.stringify(answer.headers)).not.toContain("evil.example");
      expect(answer.text).not.toMatch(DATA);
    }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    expect((await send(BASE, { path: LIVE, headers: { host, cookie } })).status, host).toBe(200);
});

test("what another site makes a browser fetch gets no data, signed in or not", async () => {
  for (const site of ["cross-site", "same-site"]) {
    const headers = { cookie: cookieOf("admin"), "sec-fetch-site": site };
    expect((await send(BASE, { path: LIVE, headers })).status, site).toBe(403);
  }
});

const TEXT = { "content-type": "text/plain;charset=UTF-8" };

/** Sends an action as a browser does, with the session of the first admin. */
function act(file: string, name: string, input: unknown, headers: Record<string, string>) {
  const asked = { ...TEXT, cookie: cookieOf("admin"), "next-action": actionId(file, name), ...headers };
  return send(BASE, { path: "/clusters/e2e/nodes", method: "POST", headers: asked, body: JSON.stringify([input]) });
}

test("T4: an action from another site, from a null origin, or from nowhere changes nothing; one from our own page is done", async () => {
  const before = written();
  const hostile: Record<string, string>[] = [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "same-origin" },
    { origin: "null" },
    { origin: "https://evil.example" },
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "same-site", origin: BASE },
    { "sec-fetch-site": "none" },
    {},
  ];
  for (const headers of hostile) {
    const answer = await act("account", "signOut", {}, headers);
    expect(answer.text, JSON.stringify(headers)).not.toContain('"ok":true');
  }
  expect(written()).toEqual(before);
  const own = { origin: BASE, "sec-fetch-site": "same-origin" };
  const answer = await act("nodes", "readNodesNow", { clusterId: "e2e" }, own);
  expect(answer.text).toContain('"ok":true');
});

/** Ways that once led round a proxy's check in Next, or round a path's. */
const ROUNDABOUT: { path: string; headers?: Record<string, string> }[] = [
  ...[LIVE, "/clusters/e2e/nodes", "/clusters/e2e/tables"].flatMap((path) => [
    { path, headers: { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" } },
    { path, headers: { "x-middleware-subrequest": "src/middleware:src/middleware" } },
    { path, headers: { "x-middleware-prefetch": "1", "x-middleware-invoke": "1" } },
    { path, headers: { "x-middleware-rewrite": path, "x-middleware-next": "1" } },
    { path: `${path}.rsc`, headers: { rsc: "1" } },
    { path: `${path}?_rsc=abc`, headers: { rsc: "1" } },
    { path, headers: { rsc: "1", "next-router-prefetch": "1" } },
    { path, headers: { rsc: "1", "next-router-segment-prefetch": "/_tree" } },
    { path: `${path}.segments/_tree.segment.rsc` },
    { path: `/${path}` },
    { path: path.replace("/clusters", "//clusters") },
    { path: path.replace("clusters", "%63lusters") },
    { path: path.replace("/e2e", "/%2e/e2e") },
    { path: path.replace("/e2e", "/x/../e2e") },
    { path: `/x/%2e%2e${path}` },
    { path: `/en${path}` },
    { path: `${path}/` },
    { path: `${path}?nxtPclusterId=e2e&nxtPtopic=nodes` },
    { path: `/_next/data/x${path}.json`, headers: { "x-nextjs-data": "1" } },
    { path, headers: { "x-invoke-path": path, "x-invoke-status": "200", "x-matched-path": path } },
    { path: "/sign-in", headers: { "x-original-url": path, "x-rewrite-url": path } },
  ]),
];

test("T2: no way round leads somebody who is not signed in to data", async () => {
  expect((await send(BASE, { path: LIVE, headers: { cookie: cookieOf("admin") } })).text).toMatch(DATA);
  for (const { path, headers = {} } of ROUNDABOUT) {
    const answer = await send(BASE, { path, headers });
    const what = `${path} ${JSON.stringify(headers)} → ${answer.status}`;
    expect(answer.status, what).toBeLessThan(500);
    expect(answer.text, what).not.toMatch(DATA);
    // Next itself answers a prefetch of old with an empty object.
    if (answer.status === 200 && path.includes("/api/")) expect(answer.text, what).toBe("{}");
  }
});

test("every answer that is made for somebody is kept by no cache, and says how a browser must take it", async () => {
  const cookie = cookieOf("admin");
  const etag = (await send(BASE, { path: LIVE, headers: { cookie } })).headers.etag;
  const asked: [string, Record<string, string>][] = [
    ["/clusters/e2e/nodes", { cookie }],
    ["/clusters/e2e/nodes?_rsc=1", { cookie, rsc: "1" }],
    [LIVE, { cookie }],
    [LIVE, { cookie, "if-none-match": String(etag) }],
    [LIVE, {}],
    ["/clusters/nope/nodes", { cookie }],
    ["/nope", {}],
    ["/sign-in", {}],
  ];
  for (const [path, headers] of asked) {
    const answer = await send(BASE, { path, headers });
    expect(answer.headers["cache-control"], `${path} ${answer.status}`).toContain("no-store");
    expect(answer.headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(answer.headers["permissions-policy"]).toContain("camera=()");
    expect(answer.headers["x-powered-by"]).toBeUndefined();
    // Over plain http a browser ignores it, and a console on https says it (proxy.test.ts).
    expect(answer.headers["strict-transport-security"]).toBeUndefined();
  }
});

test("T3: there is no image service, which would fetch addresses for whoever asks", async () => {
  for (const path of [
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/image?url=http%3A%2F%2F127.0.0.1%3A9%2F&w=64&q=75",
  ])
    expect((await send(BASE, { path })).status, path).toBe(404);
});
