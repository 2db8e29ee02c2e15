import { NodesScreen } from "@/components/nodes/nodes-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function NodesPage(props: PageProps<"/clusters/[clusterId]/nodes">) {
  const { clusterId } = await clusterPage(props, routes.nodes);
  return <NodesScreen clusterId={clusterId} />;
}
