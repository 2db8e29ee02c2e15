import type { IconName } from "@/components/ui/icon-paths";
import type { ClusterId } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";

export type ScreenId =
  | "overview"
  | "shards"
  | "tables"
  | "nodes"
  | "balance"
  | "rebalance"
  | "activity"
  | "replication"
  | "operations"
  | "audit";

export type Screen = {
  id: ScreenId;
  label: string;
  icon: IconName;
  /** `g` and then this letter goes there. */
  letter: string;
  address: (clusterId: ClusterId) => string;
};

export type ScreenGroup = { label: string | null; screens: readonly Screen[] };

/** The screens that exist, in the order of the rail. The first group needs no name: it is the cluster itself. */
export const SCREEN_GROUPS: readonly ScreenGroup[] = [
  {
    label: null,
    screens: [
      { id: "overview", label: "Overview", icon: "home", letter: "o", address: routes.overview },
      { id: "shards", label: "Shards", icon: "grid", letter: "s", address: routes.shards },
      { id: "tables", label: "Tables", icon: "table", letter: "t", address: routes.tables },
      { id: "nodes", label: "Nodes", icon: "node", letter: "n", address: routes.nodes },
    ],
  },
  {
    label: "Operate",
    screens: [
      { id: "balance", label: "Balance", icon: "job", letter: "b", address: routes.balance },
      { id: "rebalance", label: "Rebalance", icon: "balance", letter: "r", address: routes.rebalance },
      { id: "operations", label: "Operations", icon: "check", letter: "h", address: routes.operations },
    ],
  },
  {
    label: "Observe",
    screens: [
      { id: "activity", label: "Activity", icon: "activity", letter: "a", address: routes.activity },
      { id: "replication", label: "Replication", icon: "replication", letter: "p", address: routes.replication },
      { id: "audit", label: "Audit", icon: "document", letter: "u", address: routes.audit },
    ],
  },
];

export const SCREENS: readonly Screen[] = SCREEN_GROUPS.flatMap((group) => group.screens);

/** The screen an address belongs to, so that the rail and the title are right before anything is loaded. */
export function screenAt(pathname: string, clusterId: ClusterId): Screen | undefined {
  return SCREENS.find((screen) => {
    const address = screen.address(clusterId);
    return pathname === address || pathname.startsWith(`${address}/`);
  });
}
