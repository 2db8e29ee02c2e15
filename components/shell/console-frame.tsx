"use client";
import { usePathname, useRouter } from "next/navigation";
import { type CSSProperties, lazy, type ReactNode, useEffect, useMemo, useState } from "react";
import { ClusterMarkProvider } from "@/components/ui/cluster-mark";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterHead } from "./cluster-head";
import { CommandPalette } from "./command-palette";
import { Later } from "./later";
import { SCREENS, screenAt } from "./nav";
import type { PaletteEntry } from "./palette-entries";
import { Rail } from "./rail";
import type { RailNumbers } from "./rail-numbers";
import { ScreenHeadContext } from "./screen-head";
import { useSingleKeys } from "./single-keys";
import { TopBar } from "./top-bar";
import { useShellKeys } from "./use-shell-keys";

const KeysDialog = lazy(() => import("./keys-dialog"));
const MenuDrawer = lazy(() => import("./menu-drawer"));

type Props = {
  clusterId: ClusterId;
  cluster: ClusterHead;
  /** What stands beside the screens in the rail. */
  numbers?: RailNumbers;
  runningJob?: ReactNode;
  freshness?: ReactNode;
  /** Nodes and tables for the palette; the screens are in it already. */
  entries?: readonly PaletteEntry[];
  children: ReactNode;
};

type Overlay = "find" | "keys" | "menu" | null;

/** Everything around a screen. It knows addresses and nothing of the cluster's state: that is handed in. */
export function ConsoleFrame({
  clusterId,
  cluster,
  numbers = {},
  runningJob,
  freshness,
  entries = [],
  children,
}: Props) {
  const router = useRouter();
  const screen = screenAt(usePathname(), clusterId);
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [title, setTitle] = useState<string | null>(null);
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [singleKeys] = useSingleKeys();
  const slot = useMemo(() => ({ host, setTitle }), [host]);
  const close = () => setOverlay(null);
  useShellKeys({
    singleKeys,
    onFind: () => setOverlay("find"),
    onHelp: () => setOverlay("keys"),
    onGo: (letter) => {
      const target = SCREENS.find((candidate) => candidate.letter === letter);
      if (target) router.push(target.address(clusterId));
    },
  });
  useClusterColour(cluster.colour);
  const rail = { clusterId, cluster, current: screen?.id, numbers };
  return (
    <ClusterMarkProvider name={cluster.name}>
      <ScreenHeadContext.Provider value={slot}>
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-surface-1 focus:px-3 focus:py-2"
        >
          Skip to the content
        </a>
        <div className="flex min-h-dvh" style={colourStyle(cluster.colour)}>
          <aside aria-label="Menu" className="sticky top-0 h-dvh w-rail flex-none border-line border-r max-md:hidden">
            <Rail {...rail} />
          </aside>
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar
              title={title ?? screen?.label ?? "Shardboard"}
              contextRef={setHost}
              runningJob={runningJob}
              freshness={freshness}
              onFind={() => setOverlay("find")}
              onMenu={() => setOverlay("menu")}
            />
            <main
              id="content"
              tabIndex={-1}
              className="flex min-w-0 flex-1 flex-col gap-3 px-5 pt-3.5 pb-5 outline-none max-md:px-3"
            >
              {children}
            </main>
          </div>
        </div>
        <Later open={overlay === "menu"}>
          <MenuDrawer {...rail} open={overlay === "menu"} onClose={close} />
        </Later>
        {/* Not loaded when it opens, as the others are: what is typed right behind Ctrl K must not fall on the page. */}
        <CommandPalette open={overlay === "find"} onClose={close} entries={[...screenEntries(clusterId), ...entries]} />
        <Later open={overlay === "keys"}>
          <KeysDialog open={overlay === "keys"} onClose={close} />
        </Later>
      </ScreenHeadContext.Provider>
    </ClusterMarkProvider>
  );
}

function screenEntries(clusterId: ClusterId): PaletteEntry[] {
  return SCREENS.map(({ id, label, icon, letter, address }) => ({
    id: `screen ${id}`,
    label,
    kind: "Screen",
    icon,
    href: address(clusterId),
    keys: `g ${letter}`,
  }));
}

/** Any colour people choose is mixed towards the text, so that it can be read on both themes. */
function colourStyle(colour: string | undefined): CSSProperties | undefined {
  if (colour === undefined) return undefined;
  return { "--cluster": mixed(colour) } as CSSProperties;
}

function mixed(colour: string): string {
  return `color-mix(in oklab, ${colour} 80%, var(--text-1))`;
}

/** Dialogs stand outside the frame, at the end of the body: the colour must reach them too. */
function useClusterColour(colour: string | undefined) {
  useEffect(() => {
    if (colour === undefined) return;
    const { style } = document.documentElement;
    style.setProperty("--cluster", mixed(colour));
    style.setProperty("--cluster-weak", `color-mix(in oklab, ${colour} 14%, var(--surface-1))`);
    return () => {
      style.removeProperty("--cluster");
      style.removeProperty("--cluster-weak");
    };
  }, [colour]);
}
