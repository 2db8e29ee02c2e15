"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { nodeChanges } from "@/lib/queries/node-changes";
import { AddressSection, addressMissing } from "./address-section";
import { useAddress } from "./use-address";

type Props = { clusterId: ClusterId; onClose: () => void; primary: ClusterNode };

export function AddSecondaryDialog({ clusterId, onClose, primary }: Props) {
  const address = useAddress({ host: primary.host, port: "" });
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={nodeChanges.addSecondary}
      input={address.checked && { clusterId, primaryId: primary.id, ...address.checked }}
      title={
        <>
          Add a secondary of <span className="font-mono">{addressOf(primary)}</span>?
        </>
      }
      intro={
        <>
          A standby that replicates this node is made known to Citus. <strong>It sets up no replication</strong>: the
          standby has to stream already. Citus reads from it only in sessions with citus.use_secondary_nodes.
        </>
      }
      confirmLabel="Add secondary"
      blockedBecause={addressMissing(address)}
      form={<AddressSection address={address} hint="The standby's own address." />}
    />
  );
}
