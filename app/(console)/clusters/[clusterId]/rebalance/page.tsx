import { RebalanceScreen } from "@/components/rebalance/rebalance-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function RebalancePage(props: PageProps<"/clusters/[clusterId]/rebalance">) {
  const { clusterId } = await clusterPage(props, routes.rebalance);
  return <RebalanceScreen clusterId={clusterId} />;
}
