"use client";
import type { ReactNode } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { cloneChanges } from "@/lib/queries/clones";
import { nodeChanges } from "@/lib/queries/node-changes";
import { AddressSection, addressMissing } from "./address-section";
import { useAddress } from "./use-address";

export type StandbyKind = "add-secondary" | "add-clone";
type Props = { clusterId: ClusterId; onClose: () => void; kind: StandbyKind; primary: ClusterNode };

/** A standby of a node is made known to Citus: to be read from, or as the first half of a scale-out. */
export function AddStandbyDialog({ clusterId, onClose, kind, primary }: Props) {
  const address = useAddress({ host: primary.host, port: "" });
  const { actions, title, intro, confirmLabel, hint } = STANDBYS[kind];
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={actions}
      input={address.checked && { clusterId, primaryId: primary.id, ...address.checked }}
      title={title(<span className="font-mono">{addressOf(primary)}</span>)}
      intro={intro}
      confirmLabel={confirmLabel}
      blockedBecause={addressMissing(address)}
      form={<AddressSection address={address} hint={hint} />}
    />
  );
}

type Words = {
  actions: typeof nodeChanges.addSecondary | typeof cloneChanges.add;
  title: (node: ReactNode) => ReactNode;
  intro: ReactNode;
  confirmLabel: string;
  hint: string;
};

const STANDBYS: Record<StandbyKind, Words> = {
  "add-secondary": {
    actions: nodeChanges.addSecondary,
    title: (node) => <>Add a secondary of {node}?</>,
    intro: (
      <>
        A standby that replicates this node is made known to Citus. <strong>It sets up no replication</strong>: the
        standby has to stream already. Citus reads from it only in sessions with citus.use_secondary_nodes.
      </>
    ),
    confirmLabel: "Add secondary",
    hint: "The standby's own address.",
  },
  "add-clone": {
    actions: cloneChanges.add,
    title: (node) => <>Scale out {node} by a clone?</>,
    intro: (
      <>
        A streaming standby of this worker is registered as its clone. Promoted, it takes over about half of the shard
        groups <strong>without a row being copied</strong>. Until then nothing is used of it, and it can be removed.
      </>
    ),
    confirmLabel: "Add clone",
    hint: "The standby's own address. It has to stream from this worker already.",
  },
};
