"use client";
import { ChangeDialog } from "@/components/change/change-dialog";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterNode } from "@/lib/domain/node";
import { nodeChanges } from "@/lib/queries/node-changes";
import { AddressSection, addressMissing } from "./address-section";
import { useAddress } from "./use-address";

type Props = { clusterId: ClusterId; onClose: () => void; nodes: readonly ClusterNode[] };

export function AddNodeDialog({ clusterId, onClose, nodes }: Props) {
  const hosts = new Set(nodes.map((node) => node.host));
  const [only] = hosts;
  const address = useAddress(hosts.size === 1 && only !== undefined ? { host: only, port: "" } : {});
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={nodeChanges.addNode}
      input={address.checked && { clusterId, ...address.checked }}
      title="Add a worker?"
      intro={
        <>
          A running PostgreSQL becomes a worker of this cluster. <strong>No data moves by this</strong>, and what lies
          in its database is kept.
        </>
      }
      confirmLabel="Add node"
      blockedBecause={addressMissing(address)}
      form={<AddressSection address={address} hint="As the coordinator and the other workers reach it." />}
    />
  );
}
