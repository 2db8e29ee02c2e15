"use client";
import { createContext, type ReactNode, useContext } from "react";
import { Icon } from "./icon";

const ClusterName = createContext<string | null>(null);

/** Tells every dialog below it which cluster it is about. */
export function ClusterMarkProvider({ name, children }: { name: string; children: ReactNode }) {
  return <ClusterName.Provider value={name}>{children}</ClusterName.Provider>;
}

/** Whether anything here is about one cluster: only then is an edge in its colour. */
export function useIsAboutCluster(): boolean {
  return useContext(ClusterName) !== null;
}

/** The cluster's name in its colour, in the head of each dialog: the last look before doing it to the wrong one. */
export function ClusterMark() {
  const name = useContext(ClusterName);
  if (name === null) return null;
  return (
    <span className="inline-flex h-[22px] flex-none items-center gap-1.5 whitespace-nowrap rounded-1 bg-cluster-weak px-2 font-semibold normal-nums text-12 text-cluster">
      <Icon name="node" className="size-3.5" />
      {name}
    </span>
  );
}
