import "server-only";

/** Every address of the console as a template. The test beside this file compares the list with the folders of app/. */
export const ROUTE_TEMPLATES: readonly string[] = [
  "/",
  "/api/clusters/:clusterId/events",
  "/api/clusters/:clusterId/live/:topic",
  "/clusters/:clusterId/activity",
  "/clusters/:clusterId/balance",
  "/clusters/:clusterId/nodes",
  "/clusters/:clusterId/overview",
  "/clusters/:clusterId/rebalance",
  "/clusters/:clusterId/replication",
  "/clusters/:clusterId/shards",
  "/clusters/:clusterId/tables",
  "/link",
  "/livez",
  "/metrics",
  "/readyz",
  "/sign-in",
  "/sign-in/provider",
  "/sign-in/provider/callback",
];

const PATTERNS = ROUTE_TEMPLATES.map(
  (template) => [template, new RegExp(`^${template.replaceAll(/:\w+/g, "[^/]+")}$`)] as const,
);

/** The template of a request's address, as a label. Whatever is asked for, the set of labels is closed. */
export function routeLabel(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/_next/")) return "/_next";
  return PATTERNS.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}
