import { TablesScreen } from "@/components/tables/tables-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function TablesPage(props: PageProps<"/clusters/[clusterId]/tables">) {
  const { clusterId } = await clusterPage(props, routes.tables);
  return <TablesScreen clusterId={clusterId} />;
}
