import "server-only";
import type { Login, Target } from "@/server/clusters";
import { type Env, secretOf } from "@/server/env";
import { type Address, addressSchema, parseAddress } from "./address";
import { type HostRule, hostRuleSchema } from "./host-rule";
import { Secret } from "./secret";
import { idOf, readCa } from "./target";

/** The one cluster that variables describe; null: CITUS_URL is not set. @throws Error that names the variable */
export function targetFromEnv(env: Env): Target | null {
  if (!env.CITUS_URL) return null;
  const url = urlIn(env.CITUS_URL, "CITUS_URL");
  const coordinator = addressIn(url, "CITUS_URL");
  const ops = loginIn(url, env, "CITUS_URL", env.CITUS_PASSWORD_FILE);
  const read = ofSameCoordinator(env, "CITUS_READ_URL", env.CITUS_READ_PASSWORD_FILE, coordinator);
  const database = decodeURIComponent(url.pathname.slice(1)) || ops.user;
  const name = env.CLUSTER_NAME ?? database;
  return {
    clusterId: idOf(name),
    name,
    coordinator,
    coordinators: [coordinator],
    database,
    colour: null,
    logins: {
      ops,
      read: read ?? ops,
      admin: ofSameCoordinator(env, "CITUS_ADMIN_URL", env.CITUS_ADMIN_PASSWORD_FILE, coordinator),
    },
    tls: {
      ca: env.CITUS_CA_FILE === undefined ? undefined : readCa(env.CITUS_CA_FILE, "CITUS_CA_FILE"),
      serverName: undefined,
      allowInsecure: env.CITUS_ALLOW_INSECURE,
    },
    addresses: parseNodeAddresses(env.NODE_ADDRESSES ?? ""),
    allowedNodeHosts: hostRules(env.ALLOWED_NODE_HOSTS),
    isReadOnly: false,
    readShare: env.READ_BUDGET_PERCENT / 100,
    operatorsMay: [],
    membershipBy: null,
    // Whoever gives one URL only wants to look around with it; the pages say that one login does everything.
    superuserRead: read === null || env.CITUS_ALLOW_SUPERUSER_READ ? "allowed" : "refused",
  };
}

function urlIn(secret: Secret, key: string): URL {
  const url = new URL(secret.reveal());
  const [option] = url.searchParams.keys();
  if (option === undefined) return url;
  throw new Error(
    `${key} has the option ${option}, and options are not read from it. TLS is always verified, except to this machine itself: ` +
      "CITUS_CA_FILE names the authority, and CITUS_ALLOW_INSECURE=true does without TLS.",
  );
}

function addressIn(url: URL, key: string): Address {
  const address = parseAddress(url.host);
  if (!address) throw new Error(`${key}: "${url.host}" is no address of a server.`);
  return address;
}

function ofSameCoordinator(
  env: Env,
  key: "CITUS_READ_URL" | "CITUS_ADMIN_URL",
  passwordFile: string | undefined,
  coordinator: Address,
): Login | null {
  const given = env[key];
  if (!given) return null;
  const url = urlIn(given, key);
  const { host, port } = addressIn(url, key);
  if (host !== coordinator.host || port !== coordinator.port)
    throw new Error(`${key} names ${host}:${port}, and CITUS_URL ${coordinator.host}:${coordinator.port}.`);
  return loginIn(url, env, key, passwordFile);
}

/** A login without a password is a mistake, unless it is said: no other password is ever looked for. */
function loginIn(url: URL, env: Env, key: string, passwordFile: string | undefined): Login {
  const fileKey = key.replace("URL", "PASSWORD_FILE");
  const inUrl = url.password === "" ? undefined : new Secret(decodeURIComponent(url.password));
  const password = secretOf(inUrl, passwordFile, fileKey) ?? null;
  if (url.username === "") throw new Error(`${key} names no user.`);
  if (password === null && !env.CITUS_NO_PASSWORD)
    throw new Error(`${key} has no password. Set ${fileKey}, or CITUS_NO_PASSWORD=true where the server wants none.`);
  return { user: decodeURIComponent(url.username), password };
}

/** "worker1:5432=127.0.0.1:15432, …" → a map from the registered address. */
export function parseNodeAddresses(text: string): Map<string, Address> {
  return new Map(
    listIn(text).map((pair) => {
      const [registered, reached, ...more] = pair.split("=");
      const address = addressSchema.safeParse(reached ?? "");
      if (!registered || !/:\d+$/.test(registered.trim()) || !address.success || more.length > 0)
        throw new Error(`NODE_ADDRESSES: "${pair}" is not "host:port=host:port".`);
      return [registered.trim(), address.data];
    }),
  );
}

function hostRules(text: string | undefined): HostRule[] | null {
  if (text === undefined) return null;
  return listIn(text).map((one) => {
    const rule = hostRuleSchema.safeParse(one);
    if (!rule.success) throw new Error(`ALLOWED_NODE_HOSTS: ${rule.error.issues[0]?.message}.`);
    return rule.data;
  });
}

function listIn(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
