import { ShardsScreen } from "@/components/shards/shards-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function ShardsPage(props: PageProps<"/clusters/[clusterId]/shards">) {
  const { clusterId } = await clusterPage(props, routes.shards);
  return <ShardsScreen clusterId={clusterId} />;
}
