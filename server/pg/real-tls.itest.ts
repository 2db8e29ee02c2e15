import { chownSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Target } from "@/server/clusters";
import { Secret } from "@/server/config/secret";
import { readHealth } from "@/server/health/reads";
import { makeCertificate } from "@/server/testing/certificate";
import { testCluster } from "@/server/testing/cluster";
import { closePools } from "./pools";

const { sandbox, target } = testCluster();
const folder = join(sandbox.dir, "nodes", "coordinator");
const hba = join(folder, "pg_hba.conf");
const authority = makeCertificate({ name: "Test authority", isAuthority: true });
const other = makeCertificate({ name: "Other authority", isAuthority: true });
const server = makeCertificate({ name: "db", by: authority, names: ["127.0.0.1"] });
const SETTINGS = { ssl: "on", ssl_cert_file: "tls.crt", ssl_key_file: "tls.key" };
const [{ library } = { library: "" }] = await sandbox.query<{ library: string }>(
  "select coalesce((select setting from pg_settings where name = 'ssl_library'), '') as library",
);
const before = readFileSync(hba, "utf8");

/** PostgreSQL reads a key only where nobody else could have. */
function put(name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  const { uid, gid } = statSync(folder);
  chownSync(path, uid, gid);
}

async function reload(ssl: "on" | "off"): Promise<void> {
  await sandbox.query("select pg_reload_conf()");
  await vi.waitUntil(async () => (await sandbox.query<{ ssl: string }>("show ssl"))[0]?.ssl === ssl, {
    timeout: 10_000,
  });
}

beforeAll(async () => {
  if (library === "") return;
  put("tls.crt", server.certificate);
  put("tls.key", server.key);
  for (const [name, value] of Object.entries(SETTINGS)) await sandbox.query(`alter system set ${name} = '${value}'`);
  // By password, and with TLS only: nobody is let in by trust.
  await sandbox.query(
    "set citus.enable_create_role_propagation = off; create role over_tls superuser login password 'by tls only'",
  );
  writeFileSync(hba, `hostssl all over_tls all scram-sha-256\nhost all over_tls all reject\n${before}`);
  await reload("on");
});
afterAll(async () => {
  await closePools();
  if (library === "") return;
  writeFileSync(hba, before);
  for (const name of Object.keys(SETTINGS)) await sandbox.query(`alter system reset ${name}`);
  await reload("off");
  await sandbox.query("set citus.enable_create_role_propagation = off; drop role over_tls");
});

function overTls(name: string, ca: string | undefined, password = "by tls only"): Target {
  const login = { user: "over_tls", password: new Secret(password) };
  return {
    ...target,
    clusterId: clusterIdSchema.parse(name),
    logins: { read: login, ops: login, admin: null },
    tls: { ca, serverName: undefined, allowInsecure: false },
    superuserRead: "allowed",
  };
}

test.skipIf(library === "")("T25: a PostgreSQL whose certificate is good is read over TLS", async () => {
  const health = await readHealth(overTls("tls-good", authority.certificate));
  expect(health.login).toBe("over_tls");
  const [session] = await sandbox.query<{ ssl: boolean; version: string }>(
    "select ssl, version from pg_stat_ssl s join pg_stat_activity a using (pid) where a.usename = 'over_tls'",
  );
  expect(session).toMatchObject({ ssl: true, version: "TLSv1.3" });
});

test.skipIf(library === "")(
  "T25: the same server is left where another authority is trusted, before it hears a password",
  async () => {
    await expect(readHealth(overTls("tls-other", other.certificate))).rejects.toMatchObject({
      code: "tls_refused",
    });
  },
);

test.skipIf(library === "")("a wrong password over TLS is the login's trouble, not the connection's", async () => {
  await expect(readHealth(overTls("tls-wrong", authority.certificate, "another"))).rejects.toMatchObject({
    code: "login_refused",
  });
});

test.skipIf(library === "")("without TLS the server lets nobody in, and that is what is said", async () => {
  await expect(readHealth(overTls("tls-none", undefined))).rejects.toMatchObject({ code: "not_admitted" });
});
