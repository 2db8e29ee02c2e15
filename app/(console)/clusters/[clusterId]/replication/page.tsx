import { notFound } from "next/navigation";
import { ReplicationScreen } from "@/components/replication/replication-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export default async function ReplicationPage({ params }: PageProps<"/clusters/[clusterId]/replication">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <ReplicationScreen clusterId={clusterId.data} />;
}
