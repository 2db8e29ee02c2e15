import { FleetScreen } from "@/components/fleet/fleet-screen";
import { PlainFrame } from "@/components/shell/plain-frame";
import { addressOf } from "@/lib/domain/node";
import { routes } from "@/lib/routes";
import { roleOn } from "@/server/auth/actor";
import { pageActor } from "@/server/auth/page";
import { labelOf, listClusters } from "@/server/clusters";

export const metadata = { title: "Clusters" };

/** Every cluster on which the person has a role; of the others not even the number is told. */
export default async function FleetPage({ searchParams }: PageProps<"/clusters">) {
  const actor = await pageActor(routes.fleet(), searchParams);
  const configured = listClusters();
  const clusters = configured.flatMap((target) => {
    const role = roleOn(actor, target.clusterId);
    if (role === null) return [];
    const coordinators = target.coordinators.map(addressOf).join(", ");
    return [{ label: labelOf(target), role, coordinators }];
  });
  return (
    <PlainFrame isWide title="Clusters" who={actor.name}>
      <FleetScreen clusters={clusters} name={actor.name} isAnyConfigured={configured.length > 0} />
    </PlainFrame>
  );
}
