import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { mayCopyGroup, mayMoveGroup } from "@/lib/domain/move-targets";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { maySplit } from "@/lib/domain/split-ranges";
import type { GroupAct } from "./group-dialog";

type Props = { picture: ClusterPicture; group: ShardGroup; onAct: (act: GroupAct) => void };

/** What can be done with a shard group by hand. What cannot, or not by this person, stays and says why. */
export function GroupActions({ picture, group, onAct }: Props) {
  const move = useBecause("shard:move", mayMoveGroup(group));
  const split = useBecause("shard:split", maySplit(group));
  const isolate = useBecause("tenant:isolate", maySplit(group));
  const copy = useBecause("shard:move", mayCopyGroup(group, picture.topology.colocationGroups));
  return (
    <section aria-label="By hand" className="flex flex-wrap gap-1.5">
      <Button size="sm" icon="arrow-right" because={move} onClick={() => onAct("move")}>
        {group.kind === "schema" ? "Move schema…" : "Move…"}
      </Button>
      <Button size="sm" because={split} onClick={() => onAct("split")}>
        Split…
      </Button>
      <Button size="sm" because={isolate} onClick={() => onAct("isolate")}>
        Isolate a tenant…
      </Button>
      <Button size="sm" because={copy} onClick={() => onAct("copy")}>
        Copy…
      </Button>
    </section>
  );
}
