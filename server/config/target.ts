import "server-only";
import { readFileSync } from "node:fs";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import type { Login, Target } from "@/server/clusters";
import { isLoopback } from "./address";
import type { ClusterConfig } from "./cluster-schema";
import { readSecretFile } from "./secret";

/** A cluster of the file as the rest of the program knows it. @throws Error where its secrets or its ways to connect do not hold */
export function targetOf(config: ClusterConfig): Target {
  const { name, coordinators, logins, tls } = config;
  const [coordinator] = coordinators;
  if (!coordinator) throw new Error(`${name}: coordinators is empty.`);
  const login = (which: "read" | "ops" | "admin") => {
    const given = logins[which];
    return given ? loginOfConfig(given, `${name}: logins.${which}.password_file`) : null;
  };
  const read = login("read");
  const ops = login("ops");
  if (!read || !ops) throw new Error(`${name}: the logins read and ops are both needed.`);
  return {
    clusterId: config.id ?? idOf(name),
    name,
    coordinator,
    coordinators,
    database: config.database,
    colour: config.colour ?? null,
    logins: { read, ops, admin: login("admin") },
    tls: {
      ca: tls?.ca_file === undefined ? undefined : readCa(tls.ca_file, `${name}: tls.ca_file`),
      serverName: tls?.server_name,
      allowInsecure: config.allow_insecure,
    },
    addresses: new Map(Object.entries(config.node_addresses)),
    allowedNodeHosts: config.allowed_node_hosts ?? null,
    isReadOnly: config.read_only,
    readShare: config.read_budget_percent / 100,
    operatorsMay: config.operators_may,
    membershipBy: config.membership_by ?? null,
    superuserRead: config.allow_superuser_read ? "allowed" : "refused",
  };
}

type LoginConfig = ClusterConfig["logins"]["read"];

function loginOfConfig({ user, password_file }: LoginConfig, key: string): Login {
  return { user, password: password_file === undefined ? null : readSecretFile(password_file, key) };
}

/** @throws Error that names the file */
export function readCa(path: string, key: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`${key}: the file ${path} cannot be read.`, { cause });
  }
}

/** The id that addresses use, made from a name for people. */
export function idOf(name: string): ClusterId {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return clusterIdSchema.parse(slug || "cluster");
}

/** Another machine without TLS is a mistake, unless allow_insecure says that it is meant. */
export function isPlain({ tls }: Pick<Target, "tls">, host: string): boolean {
  return tls.allowInsecure || (isLoopback(host) && tls.ca === undefined);
}
