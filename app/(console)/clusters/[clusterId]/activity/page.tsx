import { ActivityScreen } from "@/components/activity/activity-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export default async function ActivityPage(props: PageProps<"/clusters/[clusterId]/activity">) {
  const { clusterId } = await clusterPage(props, routes.activity);
  return <ActivityScreen clusterId={clusterId} />;
}
