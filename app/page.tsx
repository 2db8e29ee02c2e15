import { redirect } from "next/navigation";
import { Brand } from "@/components/shell/brand";
import { EmptyState } from "@/components/ui/empty-state";
import { routes } from "@/lib/routes";
import { roleOn } from "@/server/auth/actor";
import { pageActor } from "@/server/auth/page";
import { listClusters } from "@/server/clusters";

/** The console opens on the first cluster on which the person has a role. */
export default async function HomePage({ searchParams }: PageProps<"/">) {
  const actor = await pageActor(routes.home(), searchParams);
  const clusters = listClusters();
  const first = clusters.find(({ clusterId }) => roleOn(actor, clusterId) !== null);
  if (first) redirect(routes.overview(first.clusterId));
  return (
    <main className="grid min-h-dvh place-content-center">
      <Brand />
      {clusters.length === 0 ? (
        <EmptyState kind="nothing-yet" detail="Set CITUS_URL to the coordinator and start the console again.">
          No cluster is configured.
        </EmptyState>
      ) : (
        <EmptyState kind="not-allowed" detail="Ask somebody who manages people in this console for a role.">
          You are signed in as {actor.name} and have no role on any cluster.
        </EmptyState>
      )}
    </main>
  );
}
