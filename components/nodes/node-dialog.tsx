"use client";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { Holdings } from "@/lib/domain/holdings";
import type { ClusterNode } from "@/lib/domain/node";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { AddNodeDialog } from "./add-node-dialog";
import { AddStandbyDialog, type StandbyKind } from "./add-standby-dialog";
import { CoordinatorHostDialog } from "./coordinator-host-dialog";
import { DrainNodeDialog } from "./drain-node-dialog";
import { NodeDetailsDialog } from "./node-details-dialog";
import { OneNodeDialog, type OneNodeKind } from "./one-node-dialog";
import { PromoteCloneDialog } from "./promote-clone-dialog";

/** What is open over the table. The node is kept as it was when it was chosen: a removed one still has its name. */
export type OpenDialog =
  | { kind: "add" }
  | { kind: "coordinator-host" }
  | { kind: "details" | "promote-clone" | "drain" | StandbyKind | OneNodeKind; node: ClusterNode };

type Props = {
  clusterId: ClusterId;
  dialog: OpenDialog;
  onClose: () => void;
  picture: ClusterPicture | null;
  holdings: ReadonlyMap<number, Holdings> | null;
  facts: NodeFactsTopic | null;
};

export function NodeDialog({ clusterId, dialog, onClose, picture, holdings, facts }: Props) {
  const common = { clusterId, onClose };
  switch (dialog.kind) {
    case "add":
      return <AddNodeDialog {...common} nodes={picture?.nodes ?? []} />;
    case "coordinator-host":
      return <CoordinatorHostDialog {...common} />;
    case "details":
      return <NodeDetailsDialog {...common} node={dialog.node} facts={facts} />;
    case "add-secondary":
    case "add-clone":
      return <AddStandbyDialog {...common} kind={dialog.kind} primary={dialog.node} />;
    case "promote-clone":
      return <PromoteCloneDialog {...common} clone={dialog.node} picture={picture} />;
    case "drain":
      return <DrainNodeDialog {...common} node={dialog.node} picture={picture} holdings={holdings} facts={facts} />;
    default:
      return <OneNodeDialog {...common} kind={dialog.kind} node={dialog.node} />;
  }
}
