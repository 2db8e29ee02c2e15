import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ClusterFrame } from "@/components/live/cluster-frame";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { accessOf, roleOn } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import { findCluster } from "@/server/clusters";
import { isOwnHost } from "@/server/http/guard";

type Props = { params: Promise<{ clusterId: string }>; children: ReactNode };

/** The frame stays while screens change inside it. Under a foreign host name, or without a role on the cluster, there is nothing here. */
export default async function ClusterLayout({ params, children }: Props) {
  const asked = await headers();
  if (!isOwnHost(asked)) notFound();
  const actor = await requireActor(asked);
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  const target = clusterId.success ? findCluster(clusterId.data) : undefined;
  const role = target ? roleOn(actor, target.clusterId) : null;
  if (!target || role === null) notFound();
  const { clusterId: id, name, colour } = target;
  const value = { cluster: { id, name, colour }, viewer: { name: actor.name, role }, access: accessOf(actor, target) };
  return <ClusterFrame value={value}>{children}</ClusterFrame>;
}
