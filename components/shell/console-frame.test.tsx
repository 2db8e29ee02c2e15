import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";
import type { ClusterHead } from "./cluster-head";
import { ConsoleFrame } from "./console-frame";
import { ScreenHead } from "./screen-head";

const clusterId = clusterIdSchema.parse("orders-prod");
const push = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({
  usePathname: () => "/clusters/orders-prod/nodes",
  useRouter: () => ({ push }),
}));

function draw(more: Partial<ClusterHead> = {}) {
  render(
    <ConsoleFrame
      clusterId={clusterId}
      cluster={{ name: "orders-prod", versionLine: "Citus 13.2.2, PG 15.20", ...more }}
      numbers={{ activity: { text: "2 waiting", spoken: "2 sessions wait for a lock", tone: "warn" } }}
      entries={[{ id: "t", label: "public.orders", kind: "Table", icon: "table", href: "#orders" }]}
    >
      <ScreenHead title="Nodes" context="1 coordinator, 4 workers" />
      <input aria-label="Filter" data-filter="" />
    </ConsoleFrame>,
  );
}

beforeEach(() => {
  push.mockReset();
  localStorage.clear();
});

/** The first of this file, so that nothing has opened the palette, and loaded it, before. */
test("what is typed right behind Ctrl K goes into the palette, however fast it comes", () => {
  draw();
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  expect(document.activeElement).toBe(screen.getByRole("combobox"));
});

test("the rail knows the screen it is on and says the numbers in full", () => {
  draw();
  expect(screen.getByRole("link", { name: "Nodes" }).getAttribute("aria-current")).toBe("page");
  expect(screen.getByRole("link", { name: "Activity, 2 sessions wait for a lock" })).toBeDefined();
  expect(within(screen.getByRole("banner")).getByText("1 coordinator, 4 workers")).toBeDefined();
});

test("a cluster on which nothing is changed says so beside its name, on every screen", () => {
  draw({ isReadOnly: true });
  expect(screen.getByText("orders-prod").parentElement?.textContent).toBe("Cluster orders-prodread-only");
});

test("g and a letter go to a screen, unless somebody is typing", async () => {
  const user = userEvent.setup();
  draw();
  await user.keyboard("gr");
  expect(push).toHaveBeenCalledWith(routes.rebalance(clusterId));
  await user.click(screen.getByLabelText("Filter"));
  await user.keyboard("gs");
  expect(push).toHaveBeenCalledTimes(1);
});

test("/ goes to the filter and types nothing into it", async () => {
  const user = userEvent.setup();
  draw();
  await user.keyboard("/");
  expect(document.activeElement).toBe(screen.getByLabelText("Filter"));
  expect(screen.getByLabelText("Filter")).toHaveProperty("value", "");
});

test("Ctrl K finds by a word, and Enter goes there", async () => {
  const user = userEvent.setup();
  draw();
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "ord");
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["public.ordersTable"]);
  await user.keyboard("{Enter}");
  expect(push).toHaveBeenCalledWith("#orders");
  expect(screen.queryByRole("combobox")).toBeNull();
});

test("keys without Ctrl can be switched off, and Ctrl K still works", async () => {
  const user = userEvent.setup();
  draw();
  await user.keyboard("?");
  await user.click(await screen.findByRole("switch", { name: "Keys without Ctrl" }));
  await user.keyboard("{Escape}");
  await user.keyboard("gr");
  expect(push).not.toHaveBeenCalled();
  await user.keyboard("{Control>}k{/Control}");
  expect(await screen.findByRole("combobox")).toBeDefined();
});
