import { OperationsScreen } from "@/components/operations/operations-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export const metadata = { title: "Operations" };

export default async function OperationsPage(props: PageProps<"/clusters/[clusterId]/operations">) {
  const { clusterId } = await clusterPage(props, routes.operations);
  return <OperationsScreen clusterId={clusterId} />;
}
