import { notFound } from "next/navigation";
import { ActivityScreen } from "@/components/activity/activity-screen";
import { clusterIdSchema } from "@/lib/domain/cluster";

export default async function ActivityPage({ params }: PageProps<"/clusters/[clusterId]/activity">) {
  const clusterId = clusterIdSchema.safeParse((await params).clusterId);
  if (!clusterId.success) notFound();
  return <ActivityScreen clusterId={clusterId.data} />;
}
