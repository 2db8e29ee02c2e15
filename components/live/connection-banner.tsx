import { StatusWord } from "@/components/ui/status-word";
import type { ClusterLabel } from "@/lib/domain/cluster";
import type { Health } from "@/lib/domain/health";

type Props = { cluster: ClusterLabel; health: Pick<Health, "login" | "isSuperuser"> | null };

/** On every page of a cluster that is connected to in a way nobody should: without encryption, or looking as a superuser. */
export function ConnectionBanner({ cluster, health }: Props) {
  return (
    <>
      {cluster.isInsecure && (
        <div
          role="alert"
          className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-2 border border-bad bg-bad-weak px-3 py-2 text-12"
        >
          <StatusWord tone="bad">Connections to this cluster are not encrypted</StatusWord>
          <span>
            allow_insecure is set: whoever is on the network between reads along and can answer in the servers' place.
          </span>
        </div>
      )}
      {health?.isSuperuser && (
        <div
          role="status"
          className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12"
        >
          <StatusWord tone="warn">The console reads as the superuser {health.login}</StatusWord>
          <span>sql/roles.sql makes logins with the least they need.</span>
        </div>
      )}
    </>
  );
}
