import { StatusWord } from "@/components/ui/status-word";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { listOf } from "@/lib/domain/node-names";
import { countOf } from "@/lib/format/count";

/** Which nodes did not tell their sizes, and in whose words. What is shown of the others is exact. */
export function PartialNote({ picture }: { picture: ClusterPicture }) {
  const { silent, primaries, names, silentBecause } = picture;
  const [first] = silent;
  if (!first) return null;
  const holding = primaries.filter((node) => picture.groups.some((group) => group.groupIds.includes(node.groupId)));
  const because = (silentBecause.get(first.id) ?? "no answer").replace(/\.$/, "");
  const who = listOf(silent.map((node) => names.get(node.id) ?? ""));
  return (
    <div
      role="status"
      className="flex flex-wrap items-baseline gap-x-3 border-line border-b bg-warn-weak px-5 py-1.5 text-12 max-md:px-3"
    >
      <StatusWord tone="warn">
        Sizes of {holding.length - silent.length} of {countOf(holding.length, "node")}
      </StatusWord>
      <span>
        {who} did not tell ({because}). Where the shards are is known all the same.
      </span>
    </div>
  );
}
