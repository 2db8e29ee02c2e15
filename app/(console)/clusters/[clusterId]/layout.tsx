import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ClusterFrame } from "@/components/live/cluster-frame";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { accessOf, roleOn } from "@/server/auth/actor";
import { clusterFor, lookingActor } from "@/server/auth/page";
import { labelOf, listClusters } from "@/server/clusters";

type Props = { params: Promise<{ clusterId: string }>; children: ReactNode };

/** The frame stays while screens change inside it. It decides nothing: without a session the page below sends people to sign in. */
export default async function ClusterLayout({ params, children }: Props) {
  const actor = await lookingActor();
  if (!actor) return children;
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  const found = clusterId.success ? clusterFor(actor, clusterId.data) : null;
  if (!found) notFound();
  const viewer = { name: actor.name, role: found.role };
  const others = listClusters().flatMap((target) =>
    target !== found.target && roleOn(actor, target.clusterId) !== null ? [labelOf(target)] : [],
  );
  return (
    <ClusterFrame
      value={{ cluster: labelOf(found.target), viewer, access: accessOf(actor, found.target) }}
      others={others}
    >
      {children}
    </ClusterFrame>
  );
}
