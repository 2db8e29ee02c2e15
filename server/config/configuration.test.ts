import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseConfig } from "./read-file";

const folder = mkdtempSync(join(tmpdir(), "shardboard-config-"));
const path = (name: string) => join(folder, name);
const put = (name: string, text: string) => {
  writeFileSync(path(name), text);
  return path(name);
};

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** The configuration as a fresh process would read it. */
async function configured(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { configuration } = await import("./configuration");
  const { env } = await import("@/server/env");
  return { ...configuration(), env: env() };
}

const CLUSTER = `
clusters:
  - name: Shop production
    colour: "#bf2618"
    coordinators: [citus-a.example:5432, "[fd00::1]:5433", citus-c.example]
    database: shop
    logins:
      read: { user: shardboard_read, password_file: ${path("read")} }
      ops: { user: shardboard_ops, no_password: true }
    membership_by: Patroni
    operators_may: [table:distribute]
    allowed_node_hosts: [10.1.0.0/16, .citus.internal, w9.example]
    node_addresses: { "worker1:5432": "127.0.0.1:15432" }
`;

test("a file describes clusters, and the environment single values that win over it", async () => {
  put("read", "s3cret canary\n");
  const file = put("full.yaml", `port: 4000\nread_only: true\npublic_origin: https://shards.example.com\n${CLUSTER}`);
  const { clusters, env } = await configured({ SHARDBOARD_CONFIG: file, PORT: "5000" });
  expect(env).toMatchObject({ PORT: 5000, READ_ONLY: true, PUBLIC_ORIGIN: "https://shards.example.com" });
  const [shop, ...more] = clusters;
  expect(more).toEqual([]);
  expect(shop).toMatchObject({
    clusterId: "shop-production",
    coordinators: [
      { host: "citus-a.example", port: 5432 },
      { host: "fd00::1", port: 5433 },
      { host: "citus-c.example", port: 5432 },
    ],
    membershipBy: "Patroni",
    operatorsMay: ["table:distribute"],
    superuserRead: "refused",
    tls: { allowInsecure: false },
    logins: { ops: { user: "shardboard_ops", password: null }, admin: null },
  });
  expect(shop?.addresses.get("worker1:5432")).toEqual({ host: "127.0.0.1", port: 15432 });
  expect(shop?.logins.read.password?.reveal()).toBe("s3cret canary");
});

test("T9: a secret that is printed, logged or turned into JSON says nothing of itself", async () => {
  put("read", "s3cret canary\n");
  const configuration = await configured({
    SHARDBOARD_CONFIG: put("full.yaml", CLUSTER),
    CITUS_URL: "postgres://ops:url%20canary@127.0.0.1/other",
  });
  const shown = [
    JSON.stringify(configuration),
    inspect(configuration, { depth: 9, showHidden: true }),
    `${configuration.clusters[0]?.logins.ops.password}`,
  ];
  expect(shown.join()).not.toMatch(/canary/);
  expect(configuration.clusters[0]?.logins.ops.password?.reveal()).toBe("url canary");
});

test.each([
  ["clusters:\n  - name: a\n    colur: red\n", "line 3: clusters[0].colur: there is no such key"],
  ["prot: 1\n", "line 1: prot: there is no such key"],
  [`${CLUSTER}    tls: { ca: x }\n`, "line 14: clusters[0].tls.ca: there is no such key"],
  [
    CLUSTER.replace("no_password: true", "password: hush"),
    "clusters[0].logins.ops.password: there is no such key (secrets stand in files: use password_file)",
  ],
  [
    CLUSTER.replace(", no_password: true", ""),
    "line 9: clusters[0].logins.ops: needs either password_file or no_password: true",
  ],
  [
    CLUSTER.replace("[10.1.0.0/16", "[10.1.0.0/99"),
    'clusters[0].allowed_node_hosts[0]: "10.1.0.0/99" is neither a network',
  ],
  [CLUSTER.replace("citus-c.example", "a@b"), 'clusters[0].coordinators[2]: "a@b" is not "host:port"'],
  [CLUSTER.replace("table:distribute", "node:add"), "clusters[0].operators_may[0]"],
  ["clusters: [\n", "x.yaml"],
  ["a: 1\na: 2\n", "Map keys must be unique"],
  ["sign_in: { oidc: { isuer: https://id.example } }\n", "sign_in.oidc.isuer: there is no such key"],
])("what is wrong in a file is named with its line: %#", (text, message) => {
  expect(() => parseConfig(text, "x.yaml")).toThrow(message);
});

test.each([
  [
    { CITUS_URL: "postgres://ops@db.example/shop" },
    "CITUS_URL has no password. Set CITUS_PASSWORD_FILE, or CITUS_NO_PASSWORD=true",
  ],
  [{ CITUS_URL: "postgres://db.example/shop", CITUS_NO_PASSWORD: "true" }, "CITUS_URL names no user"],
  [
    { CITUS_URL: "postgres://u:p@db.example/shop?sslmode=disable" },
    "CITUS_URL has the option sslmode, and options are not read",
  ],
  [
    { CITUS_URL: "postgres://u:p@a/shop", CITUS_ADMIN_URL: "postgres://u:p@b/shop" },
    "CITUS_ADMIN_URL names b:5432, and CITUS_URL a:5432",
  ],
  [{ CITUS_URL: "mysql://u:p@a/shop" }, "CITUS_URL"],
  [
    { CITUS_URL: "postgres://u@a/shop", CITUS_PASSWORD_FILE: "/nowhere/at-all" },
    "CITUS_PASSWORD_FILE: the file /nowhere/at-all cannot be read",
  ],
  [
    { CITUS_URL: "postgres://u:p@a/shop", NODE_ADDRESSES: "worker1:5432" },
    '"worker1:5432" is not "host:port=host:port"',
  ],
  [
    { CITUS_URL: "postgres://u:p@a/shop", ALLOWED_NODE_HOSTS: "10.0.0.0/8, h?x" },
    'ALLOWED_NODE_HOSTS: "h?x" is neither',
  ],
  [{ SHARDBOARD_CONFIG: "/nowhere/shardboard.yaml" }, "The configuration file /nowhere/shardboard.yaml cannot be read"],
])("what is wrong in the environment is named by its variable: %#", async (variables, message) => {
  const outcome = configured(variables);
  await expect(outcome).rejects.toThrow(message);
  await expect(outcome).rejects.not.toThrow(/:p@/);
});

test("two clusters never share an id", async () => {
  put("read", "x");
  const file = put(
    "twice.yaml",
    `${CLUSTER}${CLUSTER.replace("\nclusters:", "").replace("Shop production", "SHOP-Production")}`,
  );
  await expect(configured({ SHARDBOARD_CONFIG: file })).rejects.toThrow("both have the id shop-production");
});

test("one URL alone is one login for reading and operations, and no admin login", async () => {
  const { clusters } = await configured({ CITUS_URL: "postgres://u:p@127.0.0.1:5499/shop" });
  expect(clusters[0]).toMatchObject({
    superuserRead: "allowed",
    logins: { read: { user: "u" }, ops: { user: "u" }, admin: null },
  });
});

test("T11: ambient variables of PostgreSQL are gone as soon as the configuration is loaded", async () => {
  for (const name of ["PGPASSWORD", "PGSERVICE", "PGHOST", "PGSSLMODE", "NODE_PG_FORCE_NATIVE"])
    vi.stubEnv(name, "canary");
  await configured({ CITUS_URL: "postgres://u:p@127.0.0.1/shop" });
  const left = Object.entries(process.env).filter(([, value]) => value === "canary");
  expect(left).toEqual([]);
});
