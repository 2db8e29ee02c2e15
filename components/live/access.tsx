"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { ClusterAccess } from "@/lib/domain/access";
import { allOf, refused, type Verdict } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { usePresent } from "./past";

const AccessContext = createContext<ClusterAccess | null>(null);

/** Who looks at which cluster and what they may do there: said once by the page's frame, asked by every button. */
export function AccessProvider({ value, children }: { value: ClusterAccess; children: ReactNode }) {
  return <AccessContext value={value}>{children}</AccessContext>;
}

/** May the person at the browser do this on this cluster, and if not, why. The server decides again when it is asked. */
export function useMay(permission: Permission): Verdict {
  return useContext(AccessContext)?.access[permission] ?? refused("Your rights on this cluster are not known here.");
}

/**
 * Why a button is off; undefined: it is on. What the person may comes first, then what the cluster is in the state for: nobody
 * shall mend a cluster and then be told that it was not theirs to mend.
 */
export function useBecause(permission: Permission, ...verdicts: readonly Verdict[]): string | undefined {
  const verdict = allOf(useMay(permission), usePresent(), ...verdicts);
  return verdict.allowed ? undefined : verdict.because;
}

export function useViewer(): ClusterAccess["viewer"] | null {
  return useContext(AccessContext)?.viewer ?? null;
}
