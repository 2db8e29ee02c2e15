import { request } from "node:http";
import { expect, test } from "./fixtures";

/** fetch() may not set Host or Sec-Fetch-Site; a plain request may. */
function send(
  url: string,
  headers: Record<string, string>,
  method = "GET",
  body = "",
): Promise<{ status: number; text: string }> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request({ host: hostname, port, path: pathname, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on("error", reject);
    call.end(body);
  });
}

test("a host name that is not the console's own gets no data", async ({ baseURL }) => {
  const api = `${baseURL}/api/clusters/e2e/live/nodes`;
  const port = new URL(api).port;
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "localhost",
    "localhost:1",
    `localhost.evil.example:${port}`,
  ]) {
    const answer = await send(api, { host });
    expect(answer.status, host).toBe(403);
    expect(JSON.parse(answer.text).code).toBe("cross_site");
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    expect((await send(api, { host })).status, host).toBe(200);
});

test("what another site makes a browser fetch gets no data", async ({ baseURL }) => {
  const api = `${baseURL}/api/clusters/e2e/live/nodes`;
  const host = new URL(api).host;
  for (const site of ["cross-site", "same-site"]) {
    expect((await send(api, { host, "sec-fetch-site": site })).status, site).toBe(403);
  }
});

test("an action from another site, from a null origin, or from nowhere changes nothing", async ({
  page,
  baseURL,
  cluster,
}) => {
  // The id of a real action, as the browser would send it.
  await page.goto(cluster.path("nodes"));
  const sent = page.waitForRequest(
    (candidate) => candidate.method() === "POST" && "next-action" in candidate.headers(),
  );
  await page.getByRole("button", { name: "Read now" }).click();
  const original = await sent;
  const headers = {
    "next-action": original.headers()["next-action"] ?? "",
    "content-type": "text/plain;charset=UTF-8",
    host: new URL(baseURL ?? "").host,
  };
  const body = original.postData() ?? "";
  const hostile: Record<string, string>[] = [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    { origin: "null" },
    { origin: "https://evil.example" },
    {},
  ];
  for (const extra of hostile) {
    const answer = await send(original.url(), { ...headers, ...extra }, "POST", body);
    const isRefused = answer.status >= 400 || answer.text.includes("cross_site");
    expect(isRefused, `${JSON.stringify(extra)} → ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true);
    expect(answer.text, JSON.stringify(extra)).not.toContain('"ok":true');
  }
  const own = await send(
    original.url(),
    { ...headers, origin: new URL(baseURL ?? "").origin, "sec-fetch-site": "same-origin" },
    "POST",
    body,
  );
  expect(own.text).toContain('"ok":true');
});
