import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";

type Props = { nodes: readonly ClusterNode[]; coordinatorRegistered: boolean; onSet: () => void };

/** The one thing to do before workers are added: without it Citus refuses them, or lets them in and fails later. */
export function CoordinatorBanner({ nodes, coordinatorRegistered, onSet }: Props) {
  const because = useBecause("coordinator:setHost");
  const isLocalhost = nodes.some((node) => isCoordinator(node) && node.host === "localhost");
  if (coordinatorRegistered && !isLocalhost) return null;
  return (
    <section
      aria-label="The coordinator's address"
      className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 rounded-2 border border-warn bg-warn-weak px-3 py-2.5"
    >
      <Icon name="warn" className="mt-px size-4 text-warn" />
      <div>
        <p className="font-medium">
          {coordinatorRegistered
            ? "The coordinator is registered as localhost."
            : "The coordinator is not registered in its own cluster."}
        </p>
        <p className="text-12 text-text-2">
          {coordinatorRegistered
            ? "No worker could find it there, so Citus adds none. Set the address under which workers reach it."
            : "Citus takes in workers all the same, and fails later: at local tables in the metadata, and at foreign keys to reference tables. Set its address first."}
        </p>
      </div>
      <Button because={because} onClick={onSet}>
        Set coordinator host…
      </Button>
    </section>
  );
}
