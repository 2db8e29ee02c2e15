"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { cloneChanges } from "@/lib/queries/clones";
import { AddressSection, addressMissing } from "./address-section";
import { useAddress } from "./use-address";

type Props = { clusterId: ClusterId; onClose: () => void; primary: ClusterNode };

/** The first half of a scale-out by clone: which standby of the worker it shall be. */
export function AddCloneDialog({ clusterId, onClose, primary }: Props) {
  const address = useAddress({ host: primary.host, port: "" });
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={cloneChanges.add}
      input={address.checked && { clusterId, primaryId: primary.id, ...address.checked }}
      title={
        <>
          Scale out <span className="font-mono">{addressOf(primary)}</span> by a clone?
        </>
      }
      intro={
        <>
          A streaming standby of this worker is registered as its clone. Promoted, it takes over about half of the shard
          groups <strong>without a row being copied</strong>. Until then nothing is used of it, and it can be removed.
        </>
      }
      confirmLabel="Add clone"
      blockedBecause={addressMissing(address)}
      form={
        <AddressSection
          address={address}
          hint="The standby's own address. It has to stream from this worker already."
        />
      }
    />
  );
}
