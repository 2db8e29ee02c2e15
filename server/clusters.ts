import "server-only";
import { readFileSync } from "node:fs";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import { env } from "./env";

export type Login = { user: string; password: string };
export type Address = { host: string; port: number };

/** Where a cluster is and with which logins it is spoken to. */
export type Target = {
  clusterId: ClusterId;
  name: string;
  coordinator: Address;
  database: string;
  /** CSS colour by which people tell this cluster from the others; null: none chosen. */
  colour: string | null;
  /** `admin` is a superuser and may be absent: what Citus allows to superusers only is then not offered. */
  logins: { read: Login; ops: Login; admin: Login | null };
  /** false: plain connection; otherwise verified TLS. */
  tls: false | { ca: string | undefined };
  /** A node's registered address → where this process reaches it. */
  addresses: ReadonlyMap<string, Address>;
  /** Nothing is changed on this cluster, whoever asks. */
  isReadOnly: boolean;
  /** What the configuration gives operators here beside their preset. */
  operatorsMay: readonly Permission[];
  /** Who adds and removes nodes instead of this console ("Patroni"); null: this console may. */
  membershipBy: string | null;
};

export type LoginName = keyof Target["logins"];

let configured: Target | undefined;

/** @throws AppError `not_allowed` where the cluster has no admin login */
export function loginOf({ logins, name }: Target, login: LoginName): Login {
  const known = logins[login];
  if (!known) throw new AppError("not_allowed", `The console has no ${login} login for the cluster ${name}.`);
  return known;
}

export function findCluster(clusterId: ClusterId): Target | undefined {
  return listClusters().find((known) => known.clusterId === clusterId);
}

/** The cluster with that id. @throws AppError `not_found` */
export function openCluster(clusterId: ClusterId): Target {
  const known = findCluster(clusterId);
  if (!known) throw new AppError("not_found", `There is no cluster "${clusterId}" in the configuration.`);
  return known;
}

/** Every configured cluster, in the order of the configuration. */
export function listClusters(): Target[] {
  configured ??= fromEnv();
  return [configured];
}

function fromEnv(): Target {
  const { CITUS_URL, CITUS_READ_URL, CITUS_CA_FILE, CLUSTER_NAME, NODE_ADDRESSES } = env();
  const url = new URL(CITUS_URL);
  const ops = loginIn(url);
  const database = decodeURIComponent(url.pathname.slice(1)) || ops.user;
  const name = CLUSTER_NAME ?? database;
  return {
    clusterId: clusterIdSchema.parse(slugOf(name)),
    name,
    coordinator: addressOfUrl(url),
    database,
    colour: null,
    logins: { ops, read: CITUS_READ_URL ? loginIn(new URL(CITUS_READ_URL)) : ops, admin: ops },
    tls: tlsFor(url, CITUS_CA_FILE),
    addresses: parseAddresses(NODE_ADDRESSES ?? ""),
    isReadOnly: false,
    operatorsMay: [],
    membershipBy: null,
  };
}

function loginIn(url: URL): Login {
  return { user: decodeURIComponent(url.username) || "postgres", password: decodeURIComponent(url.password) };
}

function addressOfUrl(url: URL): Address {
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 5432) };
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return slug || "cluster";
}

/** Plain only to loopback or where the URL says sslmode=disable; anything else is verified in full, whatever sslmode says. */
function tlsFor(url: URL, caFile: string | undefined): Target["tls"] {
  const mode = url.searchParams.get("sslmode");
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (mode === "disable" || (isLoopback && mode === null)) return false;
  return { ca: caFile ? readFileSync(caFile, "utf8") : undefined };
}

/** "worker1:5432=127.0.0.1:15432, …" → a map from the registered address. */
export function parseAddresses(text: string): Map<string, Address> {
  const pairs = text.split(",").filter((part) => part.trim() !== "");
  return new Map(
    pairs.map((pair) => {
      const match = /^\s*(\S+:\d+)\s*=\s*(\S+):(\d+)\s*$/.exec(pair);
      if (!match?.[1] || !match[2]) throw new Error(`NODE_ADDRESSES: "${pair.trim()}" is not "host:port=host:port".`);
      return [match[1], { host: match[2], port: Number(match[3]) }];
    }),
  );
}
