import { useBecause } from "@/components/live/access";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { mayAddClone } from "@/lib/domain/clone";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import * as rules from "@/lib/domain/node-rules";
import { CloneMenu } from "./clone-menu";
import type { OpenDialog } from "./node-dialog";

type Props = { node: ClusterNode; state: rules.NodesAndHoldings; onOpen: (dialog: OpenDialog) => void };

/** Everything that can be done with a node. What cannot be done now, or not by this person, stays and says why. */
export function NodeMenu(props: Props) {
  return props.node.isClone ? <CloneMenu {...props} /> : <MemberMenu {...props} />;
}

function MemberMenu({ node, state, onOpen }: Props) {
  const because = useReasons(node, state);
  const open = (kind: Exclude<OpenDialog["kind"], "add" | "coordinator-host">) => () => onOpen({ kind, node });
  return (
    <Menu
      label={`Actions for ${addressOf(node)}`}
      trigger={<IconButton icon="more" size="sm" label={`Actions for ${addressOf(node)}`} />}
    >
      <MenuItem icon="info" onSelect={open("details")}>
        Details
      </MenuItem>
      <MenuItem icon="plus" onSelect={open("add-secondary")} because={because.addSecondary}>
        Add secondary…
      </MenuItem>
      <MenuItem icon="plus" onSelect={open("add-clone")} because={because.addClone}>
        Scale out by clone…
      </MenuItem>
      <MenuLine />
      {node.mayHoldShards ? (
        <MenuItem icon="lock" onSelect={open("close")} because={because.close}>
          Close for new shards…
        </MenuItem>
      ) : (
        <MenuItem icon="play" onSelect={open("open")} because={because.open}>
          Open for shards…
        </MenuItem>
      )}
      {node.isActive ? (
        <MenuItem icon="pause" onSelect={open("disable")} because={because.disable}>
          Disable…
        </MenuItem>
      ) : (
        <MenuItem icon="play" onSelect={open("activate")} because={because.activate}>
          Activate…
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon="arrow-right" danger onSelect={open("drain")} because={because.drain}>
        Drain…
      </MenuItem>
      <MenuItem icon="minus" danger onSelect={open("remove")} because={because.remove}>
        Remove…
      </MenuItem>
    </Menu>
  );
}

function useReasons(node: ClusterNode, state: rules.NodesAndHoldings) {
  return {
    addClone: useBecause("clone:promote", mayAddClone(node, state, state.hasClones ?? null)),
    addSecondary: useBecause("node:addSecondary", rules.mayAddSecondary(node)),
    close: useBecause("node:setMayHoldShards", rules.mayClose(node, state)),
    open: useBecause("node:setMayHoldShards", rules.mayOpen(node)),
    disable: useBecause("node:disable", rules.mayDisable(node, state)),
    activate: useBecause("node:activate", rules.mayActivate(node)),
    drain: useBecause("node:drain", rules.mayDrain(node, state)),
    remove: useBecause("node:remove", rules.mayRemove(node, state)),
  };
}
