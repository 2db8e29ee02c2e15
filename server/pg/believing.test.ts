import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { aTarget } from "@/server/testing/a-target";
import { makeCertificate } from "@/server/testing/certificate";
import { type Rogue, startRogue } from "@/server/testing/rogue-server";
import { withOneSession } from "./one-session";
import { tlsFor } from "./tls";

const PASSWORD = "correct horse";
const authority = makeCertificate({ name: "Test authority", isAuthority: true });
const byAuthority = { name: "db", names: ["localhost"], by: authority };
const open: Rogue[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const rogue of open.splice(0)) await rogue.close();
});

async function rogue(options: Parameters<typeof startRogue>[0]): Promise<Rogue> {
  const started = await startRogue(options);
  open.push(started);
  return started;
}

/** Signs in as the console would, and returns why it did not work. */
async function attempt({ port }: Rogue, over: Partial<Target> = {}, host = "localhost"): Promise<AppError> {
  const outcome = withOneSession(aTarget(over), "read", { host, port }, async () => "signed in");
  return outcome.then(
    () => Promise.reject(new Error("it signed in")),
    (cause: AppError) => cause,
  );
}

const verified = (over: Partial<Target["tls"]> = {}) => ({
  tls: { ca: authority.certificate, serverName: undefined, allowInsecure: false, ...over },
});

describe("T25: a server that does not prove who it is gets no session", () => {
  test.each([
    ["says that it has no TLS", "none" as const, "it offers no TLS"],
    ["answers the request for TLS with something else", "garbage" as const, "with something else"],
    ["has an expired certificate", makeCertificate({ ...byAuthority, from: -9, until: -2 }), "has expired"],
    ["has a certificate of tomorrow", makeCertificate({ ...byAuthority, from: 1 }), "not valid yet"],
    [
      "has a certificate for another name",
      makeCertificate({ ...byAuthority, names: ["other.example"] }),
      "other.example",
    ],
    ["signed its certificate itself", makeCertificate({ name: "db", names: ["localhost"] }), "self-signed"],
    [
      "is certified by another authority",
      makeCertificate({ ...byAuthority, by: makeCertificate({ name: "Other authority", isAuthority: true }) }),
      "no authority that is trusted here",
    ],
  ])("one that %s", async (_what, tls, reason) => {
    const server = await rogue({ wish: "cleartext", tls });
    const { code, message } = await attempt(server, verified());
    expect({ code, message }).toEqual({ code: "tls_refused", message: expect.stringContaining(reason) });
    expect(server.startups()).toBe(0);
    expect(server.heard()).toHaveLength(0);
  });

  test("one under an IP address has to be certified for that address, and not for localhost", async () => {
    const server = await rogue({ wish: "cleartext", tls: makeCertificate(byAuthority) });
    expect((await attempt(server, verified(), "127.0.0.1")).code).toBe("tls_refused");
    const other = await rogue({ wish: "scram", tls: makeCertificate({ ...byAuthority, names: ["127.0.0.1"] }) });
    await Promise.race([attempt(other, verified(), "127.0.0.1"), vi.waitUntil(() => other.heard().length > 0)]);
    expect(other.startups()).toBe(1);
  });

  test("one that is certified under the name in the configuration is believed", async () => {
    const server = await rogue({ wish: "cleartext", tls: makeCertificate({ ...byAuthority, names: ["db.example"] }) });
    const waiting = attempt(server, verified({ serverName: "db.example" }));
    await vi.waitUntil(() => server.heard().includes(PASSWORD));
    await server.close();
    open.length = 0;
    expect((await waiting).code).not.toBe("tls_refused");
  });

  test("a connection to another machine is never plain, unless allow_insecure says so", () => {
    const remote = ["10.0.0.5", "db.example", "fd00::1", "169.254.1.1"];
    for (const host of remote)
      expect(tlsFor(aTarget(), { host, port: 5432 })).toMatchObject({ rejectUnauthorized: true });
    for (const host of remote)
      expect(tlsFor(aTarget({ tls: { ...verified().tls, allowInsecure: true } }), { host, port: 1 })).toBe(false);
    for (const host of ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
      expect(tlsFor(aTarget(), { host, port: 5432 })).toBe(false);
  });
});

describe("T10: a server that only asks learns no password", () => {
  test.each(["cleartext", "md5"] as const)("over a plain connection it asks for %s and hears nothing", async (wish) => {
    const server = await rogue({ wish, tls: "none" });
    expect(await attempt(server)).toMatchObject({
      code: "login_refused",
      message: expect.stringContaining("It was not sent: without TLS only SCRAM is answered"),
    });
    expect(server.startups()).toBe(1);
    expect(server.heard()).toHaveLength(0);
  });

  test("over a plain connection it asks for SCRAM and hears a name, no password", async () => {
    const server = await rogue({ wish: "scram", tls: "none" });
    const waiting = attempt(server);
    await vi.waitUntil(() => server.heard().length > 0);
    expect(server.heard().toString()).toContain("n,,n=*,r=");
    expect(server.heard().includes(PASSWORD)).toBe(false);
    await server.close();
    open.length = 0;
    await waiting;
  });

  test("plain connections that allow_insecure permits send no password in clear text either", async () => {
    const server = await rogue({ wish: "cleartext", tls: "none" });
    const insecure = { tls: { ca: authority.certificate, serverName: undefined, allowInsecure: true } };
    expect((await attempt(server, insecure)).code).toBe("login_refused");
    expect(server.heard()).toHaveLength(0);
  });
});

describe("T11: no password comes from the surroundings", () => {
  test.each(["cleartext", "md5", "scram"] as const)(
    "of PGPASSWORD, .pgpass and PGSERVICE a server that asks for %s hears nothing",
    async (wish) => {
      const server = await rogue({ wish, tls: "none" });
      const folder = mkdtempSync(join(tmpdir(), "shardboard-pgpass-"));
      try {
        writeFileSync(join(folder, ".pgpass"), "*:*:*:*:canary\n", { mode: 0o600 });
        for (const [name, value] of [
          ["HOME", folder],
          ["PGPASSFILE", join(folder, ".pgpass")],
          ["PGPASSWORD", "canary"],
          ["PGSERVICE", "canary"],
          ["PGUSER", "canary"],
          ["PGSSLMODE", "disable"],
        ] as const)
          vi.stubEnv(name, value);
        const none = { user: "shardboard", password: null };
        expect(await attempt(server, { logins: { read: none, ops: none, admin: null } })).toMatchObject({
          code: "login_refused",
          message: expect.stringContaining("the configuration says that there is none"),
        });
        expect(server.startups()).toBe(1);
        expect(server.heard()).toHaveLength(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
