"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import { nodeChanges } from "@/lib/queries/node-changes";
import { AddressSection, addressMissing } from "./address-section";
import { useAddress } from "./use-address";

type Props = { clusterId: ClusterId; onClose: () => void };

export function CoordinatorHostDialog({ clusterId, onClose }: Props) {
  const address = useAddress();
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={nodeChanges.setCoordinatorHost}
      input={address.checked && { clusterId, ...address.checked }}
      title="Set the coordinator's host?"
      intro="The address under which every worker finds the coordinator. No data moves, and no session ends."
      confirmLabel="Set host"
      blockedBecause={addressMissing(address)}
      form={
        <AddressSection address={address} hint="As every worker reaches it; localhost would lead each to itself." />
      }
    />
  );
}
