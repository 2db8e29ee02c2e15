import { BalanceScreen } from "@/components/balance/balance-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export const metadata = { title: "Overview" };

export default async function BalancePage(props: PageProps<"/clusters/[clusterId]/balance">) {
  const { clusterId } = await clusterPage(props, routes.balance);
  return <BalanceScreen clusterId={clusterId} />;
}
