import "server-only";

/** Every address of the console as a template. The test beside this file compares the list with the folders of app/. */
export const ROUTE_TEMPLATES: readonly string[] = [
  "/",
  "/account",
  "/api/clusters/:clusterId/audit",
  "/api/clusters/:clusterId/audit/check",
  "/api/clusters/:clusterId/audit/export",
  "/api/clusters/:clusterId/events",
  "/api/clusters/:clusterId/flights",
  "/api/clusters/:clusterId/flights/:jobId",
  "/api/clusters/:clusterId/flights/:jobId/export",
  "/api/clusters/:clusterId/history/:series",
  "/api/clusters/:clusterId/history/layout",
  "/api/clusters/:clusterId/history/marks",
  "/api/clusters/:clusterId/history/moves",
  "/api/clusters/:clusterId/live",
  "/api/clusters/:clusterId/live/:topic",
  "/api/clusters/:clusterId/runs",
  "/api/clusters/:clusterId/runs/:runId",
  "/clusters",
  "/clusters/:clusterId/activity",
  "/clusters/:clusterId/audit",
  "/clusters/:clusterId/balance",
  "/clusters/:clusterId/moves",
  "/clusters/:clusterId/nodes",
  "/clusters/:clusterId/operations",
  "/clusters/:clusterId/operations/:runId",
  "/clusters/:clusterId/overview",
  "/clusters/:clusterId/rebalance",
  "/clusters/:clusterId/rebalance/:jobId",
  "/clusters/:clusterId/replication",
  "/clusters/:clusterId/shards",
  "/clusters/:clusterId/tables",
  "/link",
  "/livez",
  "/metrics",
  "/people",
  "/readyz",
  "/sign-in",
  "/sign-in/provider",
  "/sign-in/provider/callback",
  "/signed-out",
];

/** A folder with a name of its own comes before one that takes any. */
const PATTERNS = ROUTE_TEMPLATES.toSorted((a, b) => a.split(":").length - b.split(":").length).map(
  (template) => [template, new RegExp(`^${template.replaceAll(/:\w+/g, "[^/]+")}$`)] as const,
);

/** The template of a request's address, as a label. Whatever is asked for, the set of labels is closed. */
export function routeLabel(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/_next/")) return "/_next";
  return PATTERNS.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}
