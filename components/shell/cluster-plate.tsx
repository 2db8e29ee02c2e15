"use client";
import { useRouter } from "next/navigation";
import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { SrOnly } from "@/components/ui/sr-only";
import type { ClusterLabel } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";
import type { ClusterHead } from "./cluster-head";

const LOOK =
  "mb-2.5 flex h-11 w-full flex-none items-center gap-2 rounded-2 border border-line border-l-[3px] border-l-cluster bg-surface-1 px-2 text-left";

/** Which cluster this is. Where the person has others, the way to them. */
export function ClusterPlate({ cluster, onGo }: { cluster: ClusterHead; onGo?: (() => void) | undefined }) {
  const { others = [] } = cluster;
  if (others.length === 0)
    return (
      <div className={LOOK}>
        <Words cluster={cluster} />
      </div>
    );
  return (
    <Menu
      label="Clusters"
      align="start"
      trigger={
        <button type="button" className={`${LOOK} cursor-pointer hover:bg-surface-2`}>
          <Words cluster={cluster} />
          <Icon name="chevron-down" className="ml-auto size-4 flex-none text-text-3" />
        </button>
      }
    >
      <Others others={others} onGo={onGo} />
    </Menu>
  );
}

function Words({ cluster }: { cluster: ClusterHead }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-center gap-1.5">
        <span className="truncate normal-nums font-medium" title={cluster.name}>
          <SrOnly>Cluster </SrOnly>
          {cluster.name}
        </span>
        {cluster.isReadOnly && <Chip className="h-4! flex-none">read-only</Chip>}
      </span>
      <span className="block truncate text-11 text-text-3" title={cluster.versionLine}>
        {cluster.versionLine ?? "version not read yet"}
      </span>
    </span>
  );
}

function Others({ others, onGo }: { others: readonly ClusterLabel[]; onGo: (() => void) | undefined }) {
  const router = useRouter();
  const go = (address: string) => {
    onGo?.();
    router.push(address);
  };
  return (
    <>
      {others.map(({ id, name, colour }) => (
        <MenuItem key={id} onSelect={() => go(routes.overview(id))}>
          <span
            aria-hidden="true"
            className="mr-2 inline-block size-2.5 rounded-1 bg-cluster"
            style={colour === null ? undefined : { background: colour }}
          />
          {name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => go(routes.fleet())}>All clusters</MenuItem>
    </>
  );
}
