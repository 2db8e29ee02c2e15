import { notFound } from "next/navigation";
import { ShardsScreen } from "@/components/shards/shards-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export default async function ShardsPage({ params }: PageProps<"/clusters/[clusterId]/shards">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <ShardsScreen clusterId={clusterId.data} />;
}
