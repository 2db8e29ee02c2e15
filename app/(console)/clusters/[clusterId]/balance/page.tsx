import { notFound } from "next/navigation";
import { BalanceScreen } from "@/components/balance/balance-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export const metadata = { title: "Overview" };

export default async function BalancePage({ params }: PageProps<"/clusters/[clusterId]/balance">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <BalanceScreen clusterId={clusterId.data} />;
}
