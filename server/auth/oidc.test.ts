import { afterAll, beforeAll, expect, test } from "vitest";
import { startOidcProvider, type TestProvider } from "@/sandbox/oidc";
import { Secret } from "@/server/config/secret";
import { rolesByClaim } from "./claim-roles";
import { beginOidc, finishOidc, type OidcSettings } from "./oidc";

const CALLBACK = "https://console.example/sign-in/provider/callback";
let provider: TestProvider;
beforeAll(async () => {
  provider = await startOidcProvider(CALLBACK);
});
afterAll(() => provider.stop());

const settings = (over: Partial<OidcSettings> = {}): OidcSettings => ({
  name: "The test provider",
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: new Secret(provider.clientSecret),
  scopes: ["profile"],
  rolesClaim: "groups",
  roles: {
    otherwise: null,
    rules: [
      { value: "dba", role: "admin", clusters: ["*"] },
      { value: "dev", role: "viewer", clusters: ["*"] },
    ],
  },
  ...over,
});

/** A browser without a picture: follows redirects with its cookies, fills in the provider's form, and stops at our callback. */
async function browse(location: string, account: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = location;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(form && { method: "POST", body: form }),
    });
    form = undefined;
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const to = answer.headers.get("location");
    if (to) url = new URL(to, url).href;
    if (url.startsWith(CALLBACK)) return new URL(url);
    if (to) continue;
    const page = await answer.text();
    const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    form = new URLSearchParams({ prompt, ...(prompt === "login" && { login: account, password: "any" }) });
  }
  throw new Error("never came back");
}

test("somebody whom the provider knows comes back as issuer and subject, with the roles of their groups", async () => {
  provider.groups.set("ada", ["dba", "dev"]);
  const { location, transaction } = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
  const person = await finishOidc(settings(), await browse(location, "ada"), transaction);
  expect(person).toMatchObject({ issuer: provider.issuer, subject: "ada", name: "ada" });
  expect([...person.roles]).toEqual([["*", "admin"]]);
  expect(Math.abs(Date.now() - person.provenAt)).toBeLessThan(60_000);
});

test("roles are what the groups are at this sign-in, not at the last one", async () => {
  provider.groups.set("bob", ["dba"]);
  const first = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
  expect((await finishOidc(settings(), await browse(first.location, "bob"), first.transaction)).roles.size).toBe(1);
  provider.groups.set("bob", []);
  const second = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
  expect((await finishOidc(settings(), await browse(second.location, "bob"), second.transaction)).roles.size).toBe(0);
});

test("whom no rule names gets what the configuration gives everybody, and nothing without it", () => {
  const rules = [{ value: "dba", role: "admin" as const, clusters: ["*" as const] }];
  expect([...rolesByClaim({ rules, otherwise: "viewer" }, ["dev"])]).toEqual([["*", "viewer"]]);
  expect([...rolesByClaim({ rules, otherwise: "viewer" }, "dba")]).toEqual([["*", "admin"]]);
  expect(rolesByClaim({ rules, otherwise: null }, { dba: true }).size).toBe(0);
});

test.each(["state", "nonce", "verifier"] as const)(
  "an answer to another sign-in is refused: swapped %s",
  async (what) => {
    const mine = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
    const other = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
    const back = await browse(mine.location, "ada");
    const swapped = { ...mine.transaction, [what]: other.transaction[what] };
    await expect(finishOidc(settings(), back, swapped)).rejects.toMatchObject({ code: "sign_in_refused" });
  },
);

test("an answer counts once", async () => {
  const { location, transaction } = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
  const back = await browse(location, "ada");
  await finishOidc(settings(), back, transaction);
  await expect(finishOidc(settings(), back, transaction)).rejects.toMatchObject({ code: "sign_in_refused" });
});

test("a provider that is away is said to be away, and asked anew the next time", async () => {
  const away = settings({ issuer: "http://127.0.0.1:9" });
  await expect(beginOidc(away, CALLBACK, { next: "/", isProof: false })).rejects.toMatchObject({
    code: "provider_unreachable",
  });
});
