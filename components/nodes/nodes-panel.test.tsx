import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { ClusterNode } from "@/lib/domain/node";
import { nodeRows } from "@/lib/domain/node-rows";
import { aWorker } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { CoordinatorBanner } from "./coordinator-banner";
import { NodesPanel } from "./nodes-panel";

const { readNodesNow } = vi.hoisted(() => ({ readNodesNow: vi.fn() }));
vi.mock("@/server/actions/nodes", () => ({ readNodesNow }));

const coordinator = aWorker(0);

function draw(nodes: ClusterNode[], silent: ClusterNode[] = [], rules: Parameters<typeof seenBy>[0] = {}) {
  const answers = nodes.map((node) => (silent.includes(node) ? noAnswer(node) : anAnswer(node)));
  const onOpen = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NodesPanel
        clusterId={clusterIdSchema.parse("shop")}
        rows={nodeRows(nodes, new Map(), { answers })}
        state={{ nodes, holdings: new Map(), openJobId: null }}
        areAsked
        onOpen={onOpen}
      />
    </QueryClientProvider>,
    { wrapper: seenBy(rules) },
  );
  return { onOpen, user: userEvent.setup() };
}

test("a cluster without workers says so, and offers the one thing to do", async () => {
  const { user, onOpen } = draw([coordinator]);
  expect(screen.getByText("This cluster has no worker yet.")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Add node…" }));
  expect(onOpen).toHaveBeenCalledWith({ kind: "add" });
});

test("while the coordinator stands as localhost no worker can be added, and the button says what to do first", async () => {
  const { user, onOpen } = draw([{ ...coordinator, host: "localhost" }]);
  const add = screen.getByRole("button", { name: "Add node…" });
  expect(document.getElementById(add.getAttribute("aria-describedby") ?? "")?.textContent).toContain(
    "Set the coordinator's host first",
  );
  await user.click(add);
  expect(onOpen).not.toHaveBeenCalled();
});

test("who does not answer is named in the head of the panel", () => {
  const worker = aWorker(1);
  draw([coordinator, worker], [worker]);
  expect(screen.getByText("1 of 2 nodes answer; :55165 does not")).toBeDefined();
});

test("Read now asks once, and a refusal is shown beside what is known", async () => {
  readNodesNow.mockResolvedValue({
    ok: false,
    problem: { code: "cluster_unreachable", detail: "connect ECONNREFUSED", traceId: "t" },
  });
  const { user } = draw([coordinator, aWorker(1)]);
  await user.click(screen.getByRole("button", { name: "Read now" }));
  expect((await screen.findByRole("alert")).textContent).toContain("connect ECONNREFUSED");
  expect(readNodesNow).toHaveBeenCalledExactlyOnceWith({ clusterId: "shop" });
  expect(screen.getByRole("table")).toBeDefined();
});

test.each([
  ["is not registered in its own cluster", [], false],
  ["is registered as localhost", [{ ...coordinator, host: "localhost" }], true],
])("a coordinator that %s is offered a host", async (words, nodes, coordinatorRegistered) => {
  const onSet = vi.fn();
  render(<CoordinatorBanner nodes={nodes} coordinatorRegistered={coordinatorRegistered} onSet={onSet} />, {
    wrapper: seenBy(),
  });
  expect(screen.getByText(new RegExp(words))).toBeDefined();
  await userEvent.setup().click(screen.getByRole("button", { name: "Set coordinator host…" }));
  expect(onSet).toHaveBeenCalledOnce();
});

test("a coordinator under its own address needs nothing", () => {
  const { container } = render(<CoordinatorBanner nodes={[coordinator]} coordinatorRegistered onSet={vi.fn()} />, {
    wrapper: seenBy(),
  });
  expect(container.textContent).toBe("");
});

test.each([
  ["a viewer", { role: "viewer" }, "Your role is viewer; this needs the role admin (right node:add)."],
  ["an operator", { role: "operator" }, "Your role is operator; this needs the role admin (right node:add)."],
  ["an admin of a read-only console", { readOnly: "console" }, "The console is read-only"],
  ["an admin of a read-only cluster", { readOnly: "cluster" }, "This cluster is read-only"],
  [
    "an admin where Patroni adds nodes",
    { membershipBy: "Patroni" },
    "Membership of this cluster is managed by Patroni",
  ],
  ["an admin without an admin login", { hasAdminLogin: false }, "the console has no admin login"],
] as const)("%s sees Add node and why it is off, before anything about the cluster", async (_who, rules, because) => {
  const { user, onOpen } = draw([{ ...coordinator, host: "localhost" }, aWorker(1)], [], rules);
  const add = screen.getByRole("button", { name: "Add node…" });
  expect(reasonOf(add)).toContain(because);
  add.focus();
  expect(document.activeElement).toBe(add);
  await user.click(add);
  expect(onOpen).not.toHaveBeenCalled();
});

test("a viewer sees why the coordinator's host cannot be set", () => {
  const nodes = [{ ...coordinator, host: "localhost" }];
  render(<CoordinatorBanner nodes={nodes} coordinatorRegistered onSet={vi.fn()} />, {
    wrapper: seenBy({ role: "viewer" }),
  });
  expect(reasonOf(screen.getByRole("button", { name: "Set coordinator host…" }))).toContain("Your role is viewer");
});
