import { AuditScreen } from "@/components/audit/audit-screen";
import { routes } from "@/lib/routes";
import { clusterPage } from "@/server/auth/page";

export const metadata = { title: "Audit" };

export default async function AuditPage(props: PageProps<"/clusters/[clusterId]/audit">) {
  const { clusterId } = await clusterPage(props, routes.audit);
  return <AuditScreen clusterId={clusterId} />;
}
