import "server-only";
import type { ClusterId, ClusterLabel } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import type { Address } from "./config/address";
import { configuration } from "./config/configuration";
import type { HostRule } from "./config/host-rule";
import type { Secret } from "./config/secret";
import { env } from "./env";

export type { Address };

/** `password` null: the server wants none. It is never looked for anywhere else. */
export type Login = { user: string; password: Secret | null };

/** Where a cluster is and with which logins it is spoken to. */
export type Target = {
  clusterId: ClusterId;
  name: string;
  /** The first of `coordinators`, as people know the cluster. */
  coordinator: Address;
  /** Every host that may be the primary coordinator. */
  coordinators: readonly Address[];
  database: string;
  /** CSS colour by which people tell this cluster from the others; null: none chosen. */
  colour: string | null;
  /** `admin` is a superuser and may be absent: what Citus allows to superusers only is then not offered. */
  logins: { read: Login; ops: Login; admin: Login | null };
  /** Connections to another machine are verified in full, unless the configuration allows plain ones in so many words. */
  tls: { ca: string | undefined; serverName: string | undefined; allowInsecure: boolean };
  /** A node's registered address → where this process reaches it. */
  addresses: ReadonlyMap<string, Address>;
  /** Which hosts may join; null: nothing is configured, and only private networks may. */
  allowedNodeHosts: readonly HostRule[] | null;
  /** Nothing is changed on this cluster, whoever asks. */
  isReadOnly: boolean;
  /** What the configuration gives operators here beside their preset. */
  operatorsMay: readonly Permission[];
  /** The share of the time that each server may work for what the console reads by itself, in the long run: 0.01 is 1 %. */
  readShare: number;
  /** Who adds and removes nodes instead of this console ("Patroni"); null: this console may. */
  membershipBy: string | null;
  /** Whether the read login may be a superuser. */
  superuserRead: "refused" | "allowed";
};

export type LoginName = keyof Target["logins"];

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
  if (!known) throw new AppError("not_found", `There is no cluster "${clusterId}" for you.`);
  return known;
}

/** What pages may know of a cluster before it is asked: no address, no login. */
export function labelOf({ clusterId, name, colour, tls, isReadOnly }: Target): ClusterLabel {
  return {
    ...{ id: clusterId, name, colour },
    ...(tls.allowInsecure && { isInsecure: true }),
    ...((isReadOnly || env().READ_ONLY) && { isReadOnly: true }),
  };
}

/** Every configured cluster, in the order of the configuration. */
export function listClusters(): readonly Target[] {
  return configuration().clusters;
}
