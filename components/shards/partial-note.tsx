import { EstimateNote } from "@/components/live/estimate-note";
import { StatusWord } from "@/components/ui/status-word";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { listOf } from "@/lib/domain/node-names";
import { countOf } from "@/lib/format/count";

/** What of the sizes is not as it should be: nodes that did not tell theirs, and estimates that stand in until there is a measure. */
export function PartialNote({ picture }: { picture: ClusterPicture }) {
  return (
    <>
      <SilentNodes picture={picture} />
      <EstimateNote picture={picture} />
    </>
  );
}

/** Which nodes did not tell their sizes, and in whose words. */
function SilentNodes({ picture }: { picture: ClusterPicture }) {
  const { silent, primaries, names, silentBecause } = picture;
  const [first] = silent;
  if (!first) return null;
  const holders = new Set(picture.topology.shards.groupIds);
  const holding = primaries.filter((node) => holders.has(node.groupId));
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
