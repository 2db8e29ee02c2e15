import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { FleetCluster } from "@/lib/domain/fleet";
import type { Health } from "@/lib/domain/health";
import type { TopicName } from "@/lib/domain/live";
import type { Problem } from "@/lib/errors";
import { routes } from "@/lib/routes";
import { aWorker } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { FleetScreen } from "./fleet-screen";

vi.mock("@/server/actions/nodes", () => ({}));

const aCluster = (name: string, over: Partial<FleetCluster> = {}): FleetCluster => ({
  label: { id: clusterIdSchema.parse(name), name, colour: "#336699" },
  role: "operator",
  coordinators: "citus-a:5432",
  ...over,
});

const nodes = [aWorker(0), aWorker(1), aWorker(2)];
const HEALTH: Health = {
  citusVersion: "Citus 13.2.2 on x86_64",
  extensionVersion: "13.2-1",
  postgresVersion: "15.20",
  database: "shop",
  login: "shardboard_read",
  isSuperuser: false,
  inRecovery: false,
  isCoordinator: true,
  serverStartedAt: 1,
  answering: "citus-a:5432",
  systemId: "7",
  timeline: 1,
  primaries: ["citus-a:5432"],
  capabilities: {
    rebalanceStart: true,
    parallelRebalance: true,
    jobStatus: true,
    jobList: true,
    runOnAllNodes: true,
    statActivity: true,
    lockWaits: true,
    globalCancel: true,
    checkConnection: true,
    diskStats: true,
    addClone: true,
    nodesInvolved: true,
    distributeConcurrently: true,
    schemaSharding: true,
    cleanup: true,
  },
};
const WELL: Partial<Record<TopicName, unknown>> = {
  health: HEALTH,
  nodes: { nodes, coordinatorRegistered: true },
  "node-facts": { answers: nodes.map((node) => anAnswer(node)) },
};

/** What each cluster answers to its topics; without an entry it was never read. */
function draw(
  clusters: FleetCluster[],
  known: Record<string, Partial<Record<TopicName, unknown>>> = {},
  problem: Problem | null = null,
) {
  vi.stubGlobal("fetch", async (url: string) => {
    const [, id = "", topic = ""] = /clusters\/([^/]+)\/live\/(.+)$/.exec(url) ?? [];
    const data = known[id]?.[topic as TopicName] ?? null;
    return liveAnswer({ version: "1", data, problem, ageMs: data ? 2_000 : null, tookMs: 1, failingForMs: null });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FleetScreen clusters={clusters} name="ada" isAnyConfigured />
    </QueryClientProvider>,
  );
}

const rowOf = (name: string) => screen.getByRole("link", { name }).closest("li") as HTMLElement;

test("each cluster has a row that leads into it, with role, version, nodes and state", async () => {
  const lab = aCluster("lab", { role: "viewer" });
  draw([aCluster("shop"), { ...lab, label: { ...lab.label, isReadOnly: true } }], { shop: WELL, lab: WELL });
  expect(screen.getByRole("link", { name: "shop" }).getAttribute("href")).toBe(
    routes.overview(clusterIdSchema.parse("shop")),
  );
  expect(await within(rowOf("shop")).findByText("Every node answers")).toBeDefined();
  expect(await within(rowOf("shop")).findByText("Nodes: 3 of 3 answer")).toBeDefined();
  expect(rowOf("shop").textContent).toContain("Citus 13.2.2, PG 15.20");
  expect(rowOf("shop").textContent).toContain("operator");
  expect(rowOf("lab").textContent).toContain("viewerread-only");
});

test("a silent node is named, and what else is wrong is counted", async () => {
  const answers = nodes.map((node, index) => (index === 1 ? noAnswer(node) : anAnswer(node)));
  const inactive = nodes.map((node, index) => (index === 2 ? { ...node, isActive: false } : node));
  draw([aCluster("shop")], {
    shop: { ...WELL, nodes: { nodes: inactive, coordinatorRegistered: true }, "node-facts": { answers } },
  });
  expect(await screen.findByText(/does not answer$/)).toBeDefined();
  expect(await screen.findByText("and 1 more")).toBeDefined();
  expect(screen.getByText("Nodes: 2 of 3 answer")).toBeDefined();
});

test("a cluster that cannot be had says why, and claims nothing of its nodes", async () => {
  const problem: Problem = { code: "cluster_unreachable", detail: "connect ECONNREFUSED", traceId: "t" };
  draw([aCluster("shop")], {}, problem);
  expect(await screen.findByText("The coordinator does not answer")).toBeDefined();
  expect(screen.getByText("Nodes: —")).toBeDefined();
  expect(screen.getByText("never read")).toBeDefined();
  expect(screen.queryByText("Every node answers")).toBeNull();
});

test("plain connections over a network are an alarm before anything was read", () => {
  const label = { ...aCluster("shop").label, isInsecure: true };
  draw([aCluster("shop", { label })]);
  expect(screen.getByText("Connections are not encrypted")).toBeDefined();
});

test("who has no role on any cluster is told whom to ask, and no cluster's name", () => {
  draw([]);
  expect(screen.getByText(/You are signed in as ada and have no role/)).toBeDefined();
  expect(screen.queryByRole("listitem")).toBeNull();
});
