import { redirect } from "next/navigation";
import { connection } from "next/server";
import { Brand } from "@/components/shell/brand";
import { EmptyState } from "@/components/ui/empty-state";
import { routes } from "@/lib/routes";
import { listClusters } from "@/server/clusters";

/** The console opens on its first cluster. Asked per request: the configuration is not known when it is built. */
export default async function HomePage() {
  await connection();
  const first = listClusters()[0];
  if (first) redirect(routes.overview(first.clusterId));
  return (
    <main className="grid min-h-dvh place-content-center">
      <Brand />
      <EmptyState kind="nothing-yet" detail="Set CITUS_URL to the coordinator and start the console again.">
        No cluster is configured.
      </EmptyState>
    </main>
  );
}
