import { useBecause } from "@/components/live/access";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { mayPromoteClone, mayRemoveClone } from "@/lib/domain/clone";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { NodesAndHoldings } from "@/lib/domain/node-rules";
import type { OpenDialog } from "./node-dialog";

type Props = { node: ClusterNode; state: NodesAndHoldings; onOpen: (dialog: OpenDialog) => void };

/** What can be done with a clone: it is no worker yet, so nothing of what workers have. */
export function CloneMenu({ node, state, onOpen }: Props) {
  const promote = useBecause("clone:promote", mayPromoteClone(node, state));
  const remove = useBecause("clone:promote", mayRemoveClone(node));
  return (
    <Menu
      label={`Actions for ${addressOf(node)}`}
      trigger={<IconButton icon="more" size="sm" label={`Actions for ${addressOf(node)}`} />}
    >
      <MenuItem icon="info" onSelect={() => onOpen({ kind: "details", node })}>
        Details
      </MenuItem>
      <MenuLine />
      <MenuItem icon="play" danger onSelect={() => onOpen({ kind: "promote-clone", node })} because={promote}>
        Promote and rebalance…
      </MenuItem>
      <MenuItem icon="minus" danger onSelect={() => onOpen({ kind: "remove-clone", node })} because={remove}>
        Remove clone…
      </MenuItem>
    </Menu>
  );
}
