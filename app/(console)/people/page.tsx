import { PeopleScreen } from "@/components/people/people-screen";
import { PlainFrame } from "@/components/shell/plain-frame";
import { EmptyState } from "@/components/ui/empty-state";
import { routes } from "@/lib/routes";
import { mayConsole } from "@/server/auth/actor";
import { pageActor } from "@/server/auth/page";
import { everybody } from "@/server/auth/people";
import { listClusters } from "@/server/clusters";

export const metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: PageProps<"/people">) {
  const actor = await pageActor(routes.people(), searchParams);
  const verdict = mayConsole(actor, "people:manage");
  const clusters = listClusters().map(({ clusterId, name }) => ({ id: clusterId, name }));
  return (
    <PlainFrame title="People" who={actor.name}>
      {verdict.allowed ? (
        <PeopleScreen people={await everybody()} clusters={clusters} you={actor.id} />
      ) : (
        <EmptyState kind="not-allowed" detail={verdict.because}>
          You may not look at the people of this console.
        </EmptyState>
      )}
    </PlainFrame>
  );
}
