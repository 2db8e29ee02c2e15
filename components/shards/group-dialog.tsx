"use client";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { IsolateDialog } from "./isolate-dialog";
import { MoveDialog } from "./move-dialog";
import { SplitDialog } from "./split-dialog";

export type GroupAct = "move" | "copy" | "split" | "isolate";

/** What is open over the map. The group and the picture are kept as they were: after a split the group is no more, and its run is still followed. */
export type OpenAct = { act: GroupAct; group: ShardGroup; picture: ClusterPicture };

type Props = { clusterId: ClusterId; open: OpenAct; onClose: () => void };

export function GroupDialog({ clusterId, open: { act, group, picture }, onClose }: Props) {
  const common = { clusterId, group, picture, onClose };
  switch (act) {
    case "move":
    case "copy":
      return <MoveDialog {...common} deed={act} />;
    case "split":
      return <SplitDialog {...common} />;
    case "isolate":
      return <IsolateDialog {...common} />;
  }
}
