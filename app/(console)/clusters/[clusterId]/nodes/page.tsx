import { notFound } from "next/navigation";
import { NodesScreen } from "@/components/nodes/nodes-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export default async function NodesPage({ params }: PageProps<"/clusters/[clusterId]/nodes">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <NodesScreen clusterId={clusterId.data} />;
}
