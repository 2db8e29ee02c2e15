import { ReplicationScreen } from "@/components/replication/replication-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function ReplicationPage(props: PageProps<"/clusters/[clusterId]/replication">) {
  const { clusterId } = await clusterPage(props, routes.replication);
  return <ReplicationScreen clusterId={clusterId} />;
}
