import { notFound } from "next/navigation";
import { OverviewScreen } from "@/components/overview/overview-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export const metadata = { title: "Overview" };

export default async function OverviewPage({ params }: PageProps<"/clusters/[clusterId]/overview">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <OverviewScreen clusterId={clusterId.data} />;
}
