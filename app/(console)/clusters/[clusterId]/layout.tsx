import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ClusterFrame } from "@/components/live/cluster-frame";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { findCluster } from "@/server/clusters";
import { isOwnHost } from "@/server/http/guard";

type Props = { params: Promise<{ clusterId: string }>; children: ReactNode };

/** The frame stays while screens change inside it. Under a foreign host name there is nothing here. */
export default async function ClusterLayout({ params, children }: Props) {
  if (!isOwnHost(await headers())) notFound();
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  const cluster = clusterId.success ? findCluster(clusterId.data) : undefined;
  if (!cluster) notFound();
  return <ClusterFrame cluster={{ id: cluster.clusterId, name: cluster.name }}>{children}</ClusterFrame>;
}
