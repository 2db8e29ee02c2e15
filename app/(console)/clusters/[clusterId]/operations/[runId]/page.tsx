import { OperationScreen } from "@/components/operations/operation-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export const metadata = { title: "Operation" };

export default async function OperationPage(props: PageProps<"/clusters/[clusterId]/operations/[runId]">) {
  const { runId } = await props.params;
  const { clusterId } = await clusterPage(props, (id) => routes.operation(id, runId));
  return <OperationScreen clusterId={clusterId} runId={runId} />;
}
