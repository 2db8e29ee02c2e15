import { redirect } from "next/navigation";
import { routes } from "@/lib/routes";
import { roleOn } from "@/server/auth/actor";
import { pageActor } from "@/server/auth/page";
import { listClusters } from "@/server/clusters";

/** The console opens on the person's cluster, or where there are several or none on the list of them. */
export default async function HomePage({ searchParams }: PageProps<"/">) {
  const actor = await pageActor(routes.home(), searchParams);
  const [first, ...more] = listClusters().filter(({ clusterId }) => roleOn(actor, clusterId) !== null);
  redirect(first && more.length === 0 ? routes.overview(first.clusterId) : routes.fleet());
}
