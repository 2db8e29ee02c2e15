import { MovesScreen } from "@/components/shards/moves-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function MovesPage(props: PageProps<"/clusters/[clusterId]/moves">) {
  const { clusterId } = await clusterPage(props, routes.moves);
  return <MovesScreen clusterId={clusterId} />;
}
