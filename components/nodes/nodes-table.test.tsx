import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { seenBy } from "@/components/live/access-testing";
import { holdingsByGroup } from "@/lib/domain/holdings";
import type { ClusterNode } from "@/lib/domain/node";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { nodeRows } from "@/lib/domain/node-rows";
import { aPicture, aWorker } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { NodesTable } from "./nodes-table";

const coordinator = aWorker(0);
const [worker1, worker2, worker3] = [aWorker(1), aWorker(2), aWorker(3)];
const cluster = [coordinator, worker1, worker2, worker3];

function draw({
  nodes = cluster,
  facts = { answers: nodes.map((node) => anAnswer(node)) },
  silent = [],
  isRead = true,
  rules = {},
}: {
  nodes?: ClusterNode[];
  facts?: NodeFactsTopic | null;
  silent?: number[];
  isRead?: boolean;
  rules?: Parameters<typeof seenBy>[0];
} = {}) {
  const picture = aPicture({ silent });
  const holdings = isRead ? holdingsByGroup(picture.topology, picture.sizes) : null;
  const onOpen = vi.fn();
  render(
    <NodesTable
      rows={nodeRows(nodes, holdings, facts)}
      state={{ nodes, holdings, openJobId: null }}
      areAsked={facts !== null}
      onOpen={onOpen}
    />,
    { wrapper: seenBy(rules) },
  );
  return { onOpen, user: userEvent.setup() };
}

const rowOf = ({ port }: ClusterNode) => screen.getByRole("row", { name: new RegExp(`:${port} `) });
const cellsOf = (node: ClusterNode) => within(rowOf(node)).getAllByRole("cell");
const textsOf = (node: ClusterNode) => cellsOf(node).map((cell) => cell.textContent);

test("a worker's row says what the catalog and the node say", () => {
  draw();
  const text = rowOf(worker1).textContent ?? "";
  for (const word of ["worker", "active", "open", "23 / 100", "15.20", "13.2.2", "40.0 GB", "80 %"])
    expect(text).toContain(word);
});

test("the coordinator stands first, and a secondary under its primary", () => {
  const secondary = aWorker(1, { role: "secondary", port: 55265, id: aWorker(9).id });
  draw({ nodes: [worker2, secondary, worker1, coordinator] });
  const ports = screen.getAllByRole("row").flatMap((row) => /:(\d{5})/.exec(row.textContent ?? "")?.[1] ?? []);
  expect(ports).toEqual(["55164", "55165", "55265", "55166"]);
  expect(textsOf(secondary)).toContain("as primary");
  expect(rowOf(secondary).textContent).toContain("unknown: it holds what its primary holds, which is counted there");
});

test("a node that does not answer keeps its row and its shard count, and loses only what it would say", () => {
  const facts = { answers: [coordinator, worker1, worker2].map((node) => anAnswer(node)).concat(noAnswer(worker3)) };
  draw({ facts, silent: [3] });
  const text = rowOf(worker3).textContent ?? "";
  expect(text).toContain("unreachable");
  expect(text).toContain("refuses connections: connect ECONNREFUSED 127.0.0.1:55167");
  expect(textsOf(worker3)[6]).toBe("6");
  expect(text).not.toContain("0 B");
});

test("sums over a node that told nothing carry 'at least'", () => {
  draw({ silent: [3] });
  expect(screen.getByRole("row", { name: /All primaries/ }).textContent).toMatch(/at least [\d.]+ MB/);
});

test("before anything was read nothing is zero", () => {
  draw({ facts: null, isRead: false });
  const text = rowOf(worker1).textContent ?? "";
  expect(text).toContain("unknown: what lies where has not been read yet");
  expect(text).toContain("unknown: the nodes have not been asked yet");
  expect(screen.getByRole("row", { name: /All primaries/ }).textContent).toContain("—");
});

test("an inactive node, one whose metadata is not synced, and a clone each have their own word", () => {
  draw({
    nodes: [
      coordinator,
      { ...worker1, isActive: false },
      { ...worker2, metadataSynced: false },
      { ...worker3, isActive: false, isClone: true, role: "unavailable" },
    ],
  });
  expect(rowOf(worker1).textContent).toContain("inactive");
  expect(rowOf(worker2).textContent).toContain("metadata not synced");
  expect(rowOf(worker3).textContent).toContain("waits to be promoted");
  expect(rowOf(worker3).textContent).not.toContain("inactive");
});

test("a version that differs from the coordinator's is marked with both", () => {
  const facts = {
    answers: [
      anAnswer(coordinator),
      anAnswer(worker1, { postgresVersion: "15.8" }),
      anAnswer(worker2),
      anAnswer(worker3),
    ],
  };
  draw({ facts });
  expect(rowOf(worker1).textContent).toContain("PostgreSQL 15.8 here, 15.20 on the coordinator.");
  expect(rowOf(worker2).textContent).not.toContain("on the coordinator");
});

test("a standby that is registered as primary is called out", () => {
  const facts = { answers: cluster.map((node) => anAnswer(node, { inRecovery: node === worker1 })) };
  draw({ facts });
  expect(rowOf(worker1).textContent).toContain("in recovery");
});

test("by keyboard: the row's menu opens, and a deed that is off says why and does nothing", async () => {
  const { user, onOpen } = draw();
  within(rowOf(worker1)).getByRole("button", { name: "Actions for 127.0.0.1:55165" }).focus();
  await user.keyboard("{Enter}");
  const remove = await screen.findByRole("menuitem", { name: /^Remove…/ });
  expect(remove.textContent).toMatch(/It holds the only copy of \d+ shards\. Drain it first\./);
  await user.click(remove);
  expect(onOpen).not.toHaveBeenCalled();
  await user.click(screen.getByRole("menuitem", { name: "Drain…" }));
  await vi.waitFor(() => expect(onOpen).toHaveBeenCalledWith({ kind: "drain", node: worker1 }));
});

test.each([
  ["viewer", ["Add secondary…", "Scale out by clone…", "Close for new shards…", "Disable…", "Drain…", "Remove…"]],
  ["operator", ["Add secondary…", "Scale out by clone…", "Remove…"]],
] as const)(
  "a %s sees every deed of a node's menu, each with the role that it needs where that is another",
  async (role, off) => {
    const { user, onOpen } = draw({ rules: { role } });
    await user.click(screen.getByRole("button", { name: /Actions for .*:55165/ }));
    const items = screen.getAllByRole("menuitem");
    expect(items).toHaveLength(7);
    const because = items.filter((item) => item.textContent?.includes(`Your role is ${role}; this needs the role`));
    expect(because.map((item) => /^[^…]+…/.exec(item.textContent ?? "")?.[0])).toEqual([...off]);
    for (const item of because) {
      expect(item.getAttribute("aria-disabled")).toBe("true");
      await user.click(item);
    }
    expect(onOpen).not.toHaveBeenCalled();
  },
);

test("where Patroni manages membership, an admin may drain and may not remove", async () => {
  const { user } = draw({ rules: { membershipBy: "Patroni" } });
  await user.click(screen.getByRole("button", { name: /Actions for .*:55165/ }));
  const because = screen.getAllByRole("menuitem").filter((item) => item.textContent?.includes("managed by Patroni"));
  expect(because.map((item) => /^[^…]+…/.exec(item.textContent ?? "")?.[0])).toEqual([
    "Add secondary…",
    "Scale out by clone…",
    "Remove…",
  ]);
});

test("a clone has a menu of its own: it is promoted or removed as a clone, and nothing of what workers have", async () => {
  const clone = { ...worker3, isActive: false, isClone: true, cloneOf: worker1.id, role: "unavailable" as const };
  const { user, onOpen } = draw({ nodes: [...cluster.filter((node) => node !== worker3), clone] });
  await user.click(screen.getByRole("button", { name: /Actions for .*:55167/ }));
  const names = screen.getAllByRole("menuitem").map((item) => item.textContent);
  expect(names).toEqual(["Details", "Promote and rebalance…", "Remove clone…"]);
  await user.click(screen.getByRole("menuitem", { name: "Promote and rebalance…" }));
  await vi.waitFor(() => expect(onOpen).toHaveBeenCalledWith({ kind: "promote-clone", node: clone }));
});
