import { notFound } from "next/navigation";
import { TablesScreen } from "@/components/tables/tables-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export default async function TablesPage({ params }: PageProps<"/clusters/[clusterId]/tables">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <TablesScreen clusterId={clusterId.data} />;
}
