"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { ClusterAccess } from "@/lib/domain/access";
import { refused, type Verdict } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";

const AccessContext = createContext<ClusterAccess | null>(null);

/** Who looks at which cluster and what they may do there: said once by the page's frame, asked by every button. */
export function AccessProvider({ value, children }: { value: ClusterAccess; children: ReactNode }) {
  return <AccessContext value={value}>{children}</AccessContext>;
}

/** May the person at the browser do this on this cluster, and if not, why. The server decides again when it is asked. */
export function useMay(permission: Permission): Verdict {
  return useContext(AccessContext)?.access[permission] ?? refused("Your rights on this cluster are not known here.");
}

export function useViewer(): ClusterAccess["viewer"] | null {
  return useContext(AccessContext)?.viewer ?? null;
}
