"use client";
import type { ReactNode } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { cloneChanges } from "@/lib/queries/clones";
import { nodeChanges } from "@/lib/queries/node-changes";

export type OneNodeKind = "activate" | "disable" | "remove" | "open" | "close" | "remove-clone";

type Words = { ask: (address: ReactNode) => ReactNode; intro: ReactNode; confirmLabel: string; danger?: boolean };

const WORDS: Record<OneNodeKind, Words> = {
  activate: {
    ask: (address) => <>Activate {address}?</>,
    intro: "The metadata is copied to it again, and queries use it from then on.",
    confirmLabel: "Activate",
  },
  disable: {
    ask: (address) => <>Disable {address}?</>,
    intro: (
      <>
        Queries and metadata leave it out until it is activated. <strong>No data is deleted.</strong>
      </>
    ),
    confirmLabel: "Disable",
    danger: true,
  },
  remove: {
    ask: (address) => <>Remove {address} from the cluster?</>,
    intro: (
      <>
        Every node forgets it. <strong>No data is deleted</strong>, and PostgreSQL there goes on running.
      </>
    ),
    confirmLabel: "Remove",
    danger: true,
  },
  "remove-clone": {
    ask: (address) => <>Remove the clone {address}?</>,
    intro: (
      <>
        Every node forgets it. <strong>No data is deleted</strong>, and it goes on replicating its worker.
      </>
    ),
    confirmLabel: "Remove clone",
    danger: true,
  },
  open: {
    ask: (address) => <>Open {address} for shards?</>,
    intro: "New tables may put shards there, and a rebalance may move shards to it.",
    confirmLabel: "Open for shards",
  },
  close: {
    ask: (address) => <>Close {address} for new shards?</>,
    intro: (
      <>
        New tables put no shards there. <strong>What it holds stays</strong> and goes on being served.
      </>
    ),
    confirmLabel: "Close for new shards",
  },
};

type Props = { clusterId: ClusterId; onClose: () => void; kind: OneNodeKind; node: ClusterNode };

/** A change that needs nothing but the node. */
export function OneNodeDialog({ clusterId, onClose, kind, node }: Props) {
  const { ask, intro, confirmLabel, danger } = WORDS[kind];
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={kind === "remove-clone" ? cloneChanges.remove : nodeChanges[kind]}
      input={{ clusterId, nodeId: node.id }}
      title={ask(<span className="font-mono">{addressOf(node)}</span>)}
      intro={intro}
      confirmLabel={confirmLabel}
      danger={danger ?? false}
      typedWhat="the node's address"
    />
  );
}
