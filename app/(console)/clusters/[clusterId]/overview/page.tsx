import { OverviewScreen } from "@/components/overview/overview-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export const metadata = { title: "Overview" };

export default async function OverviewPage(props: PageProps<"/clusters/[clusterId]/overview">) {
  const { clusterId } = await clusterPage(props, routes.overview);
  return <OverviewScreen clusterId={clusterId} />;
}
