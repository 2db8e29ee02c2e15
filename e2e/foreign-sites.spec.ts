import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { actionId } from "../scripts/steps/action-id.ts";
import { expect, test } from "./fixtures";
import { written } from "./own-state";
import { cookieOf } from "./people";
import { send } from "./raw-request";

/** The console under test, as playwright.config.ts has it. */
const BASE = process.env.E2E_BASE_URL ?? "http://localhost:3000";

/** A site of somebody else. On `localhost` with another port it is the nearest enemy: another origin, to which the browser sends the same cookies. */
async function site(answer: (path: string) => { status?: number; headers?: Record<string, string>; body: string }) {
  const server = createServer((asked, given) => {
    asked.resume();
    const { status = 200, headers = {}, body } = answer(asked.url ?? "/");
    given.writeHead(status, { "content-type": "text/html", ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

test("T4: pages of other origins, sandboxed frames and redirects try every way to send an action, and nothing changes", async ({
  page,
}) => {
  const id = actionId("account", "signOut");
  const target = `${BASE}/sign-in`;
  const attack = `
    const target = ${JSON.stringify(target)}, id = ${JSON.stringify(id)};
    const tries = [
      () => fetch(target, { method: "POST", mode: "no-cors", credentials: "include", body: "[{}]" }),
      () => fetch(target, { method: "POST", credentials: "include", headers: { "next-action": id }, body: "[{}]" }),
      () => fetch("/redirect", { method: "POST", credentials: "include", headers: { "next-action": id }, body: "[{}]" }),
      () => fetch("/redirect", { method: "POST", mode: "no-cors", credentials: "include", body: "[{}]" }),
      () => Promise.resolve(navigator.sendBeacon(target, new Blob(["[{}]"], { type: "text/plain" }))),
      () => fetch(${JSON.stringify(BASE)} + "/api/clusters/e2e/live/nodes", { credentials: "include" }).then((r) => r.text()).then((t) => { document.title = "read " + t.length; }),
    ];
    Promise.all(tries.map((one) => one().catch(() => null))).then(() => document.getElementById("form").submit());`;
  const form = `<form id="form" method="post" enctype="multipart/form-data" action="${target}" target="into">
      <input name="$ACTION_ID_${id}" value=""><input name="0" value="[{}]"></form><iframe name="into"></iframe>`;
  const frame = `<iframe sandbox="allow-scripts allow-forms" srcdoc='${form.replaceAll("'", "&#39;")}<script>
      fetch("${target}", { method: "POST", mode: "no-cors", credentials: "include", body: "[{}]" }).catch(() => null);
      document.getElementById("form").submit();</script>'></iframe>`;
  const { server, port } = await site((path) =>
    path === "/redirect"
      ? { status: 307, headers: { location: target }, body: "" }
      : { body: `<!doctype html><title>x</title>${form}${frame}<script>${attack}</script>` },
  );
  const before = written();
  try {
    const arrived: string[] = [];
    page.on("response", (answer) => {
      if (answer.request().method() === "POST" && answer.url() === target) arrived.push(String(answer.status()));
    });
    for (const name of ["localhost", "127.0.0.1"]) {
      await page.goto(`http://${name}:${port}/`);
      await page.waitForLoadState("networkidle");
      expect(await page.title(), "another origin reads nothing").toBe("x");
    }
    expect(arrived.length, "some of the tries reached the console").toBeGreaterThan(0);
    expect(written()).toEqual(before);
    const still = await send(BASE, { path: "/api/clusters/e2e/live/nodes", headers: { cookie: cookieOf("admin") } });
    expect(still.status).toBe(200);
  } finally {
    await closed(server);
  }
});

test("T17: a frame of another site, and of our own origin, shows nothing of the console", async ({ page }) => {
  const { server, port } = await site(() => ({
    body: `<iframe src="${BASE}/clusters/e2e/nodes"></iframe><iframe src="${BASE}/sign-in"></iframe>`,
  }));
  try {
    await page.goto(`http://localhost:${port}/`, { waitUntil: "networkidle" });
    const frames = page.frames().filter((one) => one !== page.mainFrame());
    expect(frames).toHaveLength(2);
    for (const frame of frames) {
      expect(frame.url()).toMatch(/^chrome-error:|^about:blank$/);
      expect(await frame.getByText("Shardboard").count()).toBe(0);
    }
  } finally {
    await closed(server);
  }
});

/** Keeps every answer that it may keep, by address alone, as a careless cache between people and the console does. */
async function cachingProxy(origin: string) {
  const kept = new Map<string, { status: number; body: string }>();
  const server = createServer(async (asked, given) => {
    const path = asked.url ?? "/";
    const known = kept.get(path);
    if (known) return given.writeHead(known.status, { "x-cache": "hit" }).end(known.body);
    const { port, hostname, host } = new URL(origin);
    const headers = { ...asked.headers, host };
    request({ port, host: hostname, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8");
        const status = answer.statusCode ?? 502;
        if (!/no-store|private/.test(answer.headers["cache-control"] ?? "")) kept.set(path, { status, body });
        given.writeHead(status, { "x-cache": "miss" }).end(body);
      });
    }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, kept, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("T23: through a cache that keeps what it may, nobody gets an answer that was made for somebody else", async () => {
  const { server, kept, origin } = await cachingProxy(BASE);
  const paths = [
    "/",
    "/clusters/e2e/overview",
    "/clusters/e2e/nodes?_rsc=1",
    "/api/clusters/e2e/live/nodes",
    "/api/clusters/e2e/live/activity",
    "/clusters/nope/nodes",
    "/sign-in",
  ];
  try {
    for (const path of paths) {
      const headers = path.includes("_rsc") ? { rsc: "1" } : {};
      const admins = await send(origin, { path, headers: { ...headers, cookie: cookieOf("admin") } });
      const nobodys = await send(origin, { path, headers });
      expect(nobodys.headers["x-cache"], path).toBe("miss");
      if (admins.status === 200 && path !== "/sign-in") expect(nobodys.text, path).not.toBe(admins.text);
    }
    expect([...kept.keys()]).toEqual([]);
    expect((await send(origin, { path: "/icon.svg" })).status).toBe(200);
  } finally {
    await closed(server);
  }
});
