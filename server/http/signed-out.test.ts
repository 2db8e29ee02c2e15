import { expect, test } from "vitest";
import { signedOut } from "./signed-out";

const ask = (headers: Record<string, string>) =>
  signedOut()(new Request("http://localhost:3000/signed-out", { headers: { host: "localhost:3000", ...headers } }));

test("a browser that signs out is told to forget what it kept, and goes to the sign-in page", () => {
  const answer = ask({ "sec-fetch-site": "same-origin" });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/sign-in");
  expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
});

test.each(["cross-site", "same-site"])("a page of another site (%s) clears nobody's browser", (site) => {
  const answer = ask({ "sec-fetch-site": site });
  expect(answer.status).toBe(403);
  expect(answer.headers.has("clear-site-data")).toBe(false);
});
