import { notFound } from "next/navigation";
import { RebalanceScreen } from "@/components/rebalance/rebalance-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export default async function RebalancePage({ params }: PageProps<"/clusters/[clusterId]/rebalance">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <RebalanceScreen clusterId={clusterId.data} />;
}
