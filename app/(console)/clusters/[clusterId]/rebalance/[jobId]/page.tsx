import { FlightScreen } from "@/components/rebalance/flight-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export const metadata = { title: "Run" };

export default async function FlightPage(props: PageProps<"/clusters/[clusterId]/rebalance/[jobId]">) {
  const { jobId } = await props.params;
  const { clusterId } = await clusterPage(props, (id) => routes.flight(id, Number(jobId)));
  return <FlightScreen clusterId={clusterId} jobId={Number(jobId)} />;
}
