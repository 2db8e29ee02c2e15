import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import type { Verdict } from "@/lib/domain/cluster";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import * as rules from "@/lib/domain/node-rules";
import type { OpenDialog } from "./node-dialog";

type Props = { node: ClusterNode; state: rules.NodesAndHoldings; onOpen: (dialog: OpenDialog) => void };

const because = (verdict: Verdict) => (verdict.allowed ? undefined : verdict.because);

/** Everything that can be done with a node. What cannot be done now stays and says why. */
export function NodeMenu({ node, state, onOpen }: Props) {
  const open = (kind: Exclude<OpenDialog["kind"], "add" | "coordinator-host">) => () => onOpen({ kind, node });
  return (
    <Menu
      label={`Actions for ${addressOf(node)}`}
      trigger={<IconButton icon="more" size="sm" label={`Actions for ${addressOf(node)}`} />}
    >
      <MenuItem icon="info" onSelect={open("details")}>
        Details
      </MenuItem>
      <MenuItem icon="plus" onSelect={open("add-secondary")} because={because(rules.mayAddSecondary(node))}>
        Add secondary…
      </MenuItem>
      <MenuLine />
      {node.mayHoldShards ? (
        <MenuItem icon="lock" onSelect={open("close")} because={because(rules.mayClose(node, state))}>
          Close for new shards…
        </MenuItem>
      ) : (
        <MenuItem icon="play" onSelect={open("open")} because={because(rules.mayOpen(node))}>
          Open for shards…
        </MenuItem>
      )}
      {node.isActive ? (
        <MenuItem icon="pause" onSelect={open("disable")} because={because(rules.mayDisable(node, state))}>
          Disable…
        </MenuItem>
      ) : (
        <MenuItem icon="play" onSelect={open("activate")} because={because(rules.mayActivate(node))}>
          Activate…
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon="arrow-right" danger onSelect={open("drain")} because={because(rules.mayDrain(node, state))}>
        Drain…
      </MenuItem>
      <MenuItem icon="minus" danger onSelect={open("remove")} because={because(rules.mayRemove(node, state))}>
        Remove…
      </MenuItem>
    </Menu>
  );
}
