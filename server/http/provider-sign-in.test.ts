import { expect, test, vi } from "vitest";
import { z } from "zod";
import { GUESS_LIMITS } from "@/lib/domain/guess-limit";
import { routes } from "@/lib/routes";
import { Secret } from "@/server/config/secret";
import { storeStatement } from "@/server/store/database";
import { state } from "@/server/store/state";
import { asked } from "@/server/testing/own-person";
import { ownState } from "@/server/testing/own-state";
import { providerCallback } from "./provider-sign-in";

const provider = vi.hoisted(() => ({ isConfigured: true, asked: 0 }));
vi.mock("@/server/auth/provider-settings", () => ({
  oidcSettings: () =>
    provider.isConfigured
      ? {
          name: "A provider",
          // Nobody listens there.
          issuer: "http://127.0.0.1:1",
          clientId: "shardboard",
          clientSecret: new Secret("secret"),
          scopes: [],
          rolesClaim: "groups",
          roles: { otherwise: null, rules: [] },
        }
      : null,
  proxySettings: () => null,
}));
vi.mock("@/server/auth/oidc", async (original) => ({
  ...(await original<typeof import("@/server/auth/oidc")>()),
  finishOidc: async () => {
    provider.asked += 1;
    const { AppError } = await import("@/lib/errors");
    throw new AppError("sign_in_refused", "A provider did not confirm who you are.");
  },
}));
ownState();

const COUNT = storeStatement({ text: "select count(*) as n from audit", row: z.object({ n: z.number() }) });
const records = async () => (await (await state()).all(COUNT))[0]?.n;
const transaction = { state: "s", nonce: "n", verifier: "v", next: "/", isProof: false };
const ownCookie = `shardboard-provider=${Buffer.from(JSON.stringify(transaction)).toString("base64url")}`;

function comeBack(cookie = "", state = "s") {
  const headers = asked("192.0.2.66");
  headers.set("host", "localhost:3000");
  if (cookie) headers.set("cookie", cookie);
  return providerCallback()(
    new Request(`http://localhost:3000/sign-in/provider/callback?code=x&state=${state}`, { headers }),
  );
}

test("T14: what a provider is asked to confirm is counted like a guess, and few of many refusals are put on record", async () => {
  provider.isConfigured = true;
  provider.asked = 0;
  const locations: (string | null)[] = [];
  for (let attempt = 0; attempt < 100; attempt += 1)
    locations.push((await comeBack(ownCookie)).headers.get("location"));
  expect(provider.asked).toBeGreaterThan(0);
  expect(provider.asked).toBeLessThanOrEqual(GUESS_LIMITS.address.free);
  expect(await records()).toBe(provider.asked);
  expect(locations[0]).toBe(routes.signInRefused("sign_in_refused"));
  expect(locations.at(-1)).toBe(routes.signInRefused("too_many_requests"));
});

test("answers that this browser did not ask for fill no record, reach no provider, and shut nobody out", async () => {
  provider.isConfigured = true;
  provider.asked = 0;
  const foreign = ["", "shardboard-provider=x", "shardboard-provider=e30", ownCookie.replace(/.$/, "")];
  for (let round = 0; round < 10; round += 1)
    for (const cookie of foreign)
      expect((await comeBack(cookie)).headers.get("location")).toBe(routes.signInRefused("sign_in_refused"));
  expect((await comeBack(ownCookie, "other")).headers.get("location")).toBe(routes.signInRefused("sign_in_refused"));
  expect(provider.asked).toBe(0);
  expect(await records()).toBe(0);
});

test("without a provider there is nothing to come back to, and nothing is put on record", async () => {
  provider.isConfigured = false;
  expect((await comeBack(ownCookie)).headers.get("location")).toBe(routes.signInRefused("not_found"));
  expect((await comeBack()).headers.get("location")).toBe(routes.signInRefused("not_found"));
  expect(await records()).toBe(0);
});
