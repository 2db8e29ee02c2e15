import type { ReactNode } from "react";
import { accessUnder, type ClusterRules } from "@/lib/domain/access";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { AccessProvider } from "./access";

/** A wrapper for `render`: what is drawn is seen by somebody with these rights. Without any: by an admin who may do everything. */
export function seenBy(rules: Partial<ClusterRules> = {}) {
  const all: ClusterRules = {
    role: "admin",
    readOnly: null,
    operatorsMay: [],
    membershipBy: null,
    hasAdminLogin: true,
    ...rules,
  };
  const viewer = { name: "ada", role: all.role ?? "viewer" };
  const cluster = { id: clusterIdSchema.parse("shop"), name: "Shop", colour: null };
  return ({ children }: { children: ReactNode }) => (
    <AccessProvider value={{ cluster, viewer, access: accessUnder(all) }}>{children}</AccessProvider>
  );
}

/** Why the element is off, as it is read to somebody who cannot see it: by its description. */
export function reasonOf(element: HTMLElement): string | null {
  if (element.getAttribute("aria-disabled") !== "true") return null;
  const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
  const described = ids.map((id) => document.getElementById(id)?.textContent).join(" ");
  return described || (element.textContent ?? "");
}
