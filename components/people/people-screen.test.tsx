import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { PersonEntry } from "@/lib/domain/person";
import { PeopleScreen } from "./people-screen";

const actions = vi.hoisted(() => ({
  invitePerson: vi.fn(),
  grantRoles: vi.fn(),
  disablePerson: vi.fn(),
  makePasswordLink: vi.fn(),
  endSessionsOf: vi.fn(),
}));
const { refresh } = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock("@/server/actions/people", () => actions);
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
beforeEach(() => {
  vi.clearAllMocks();
});

const orders = clusterIdSchema.parse("orders");
const person = (over: Partial<PersonEntry>): PersonEntry => ({
  id: `local:${over.name ?? "ada"}`,
  name: "ada",
  issuer: "local",
  grants: [],
  isDisabled: false,
  canSignIn: true,
  sessions: 0,
  seenAt: null,
  ...over,
});
const ada = person({ grants: [{ cluster: "*", role: "admin" }], sessions: 1, seenAt: Date.now() });
const vera = person({ name: "vera", grants: [{ cluster: orders, role: "viewer" }] });

function show(people: PersonEntry[]) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PeopleScreen people={people} clusters={[{ id: orders, name: "orders-prod" }]} you={ada.id} />
    </QueryClientProvider>,
  );
}
const choose = async (name: string, item: string | RegExp) => {
  await userEvent.click(screen.getByRole("button", { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
};

test("everybody is listed with roles by the clusters' names, and a cluster that is gone keeps its id", () => {
  const old = clusterIdSchema.parse("old-one");
  show([ada, vera, person({ name: "otto", grants: [{ cluster: old, role: "operator" }], isDisabled: true })]);
  expect(within(screen.getByRole("row", { name: /^ada/ })).getByText("admin on all clusters")).toBeDefined();
  expect(within(screen.getByRole("row", { name: /^vera/ })).getByText("viewer on orders-prod")).toBeDefined();
  const otto = within(screen.getByRole("row", { name: /^otto/ }));
  expect(otto.getByText("operator on old-one (not configured)")).toBeDefined();
  expect(otto.getByText("disabled")).toBeDefined();
});

test("the last admin cannot be disabled here, and the menu says why", async () => {
  show([ada, vera]);
  await choose("ada", /^Disable/);
  expect(screen.getByRole("menuitem", { name: /last admin of all clusters/ })).toBeDefined();
  expect(actions.disablePerson).not.toHaveBeenCalled();
});

test("the last admin's role cannot be taken away, and the dialog says why", async () => {
  show([ada, vera]);
  await choose("ada", "Roles…");
  await userEvent.selectOptions(screen.getByLabelText("Role 1"), "viewer");
  expect(screen.getByRole("button", { name: "Change the roles" }).getAttribute("aria-disabled")).toBe("true");
});

test("inviting somebody shows the link, once", async () => {
  actions.invitePerson.mockResolvedValue({
    ok: true,
    data: { address: "https://console.example/link#abc", expiresAt: Date.now() + 1_000 },
  });
  show([ada]);
  await userEvent.click(screen.getByRole("button", { name: "Invite…" }));
  await userEvent.type(screen.getByLabelText("Name"), "Olga");
  await userEvent.click(screen.getByRole("button", { name: "Make the link" }));
  expect((await screen.findByLabelText("The link")).textContent).toBe("https://console.example/link#abc");
  expect(actions.invitePerson).toHaveBeenCalledWith({ name: "olga", grants: [{ cluster: "*", role: "viewer" }] });
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.queryByLabelText("The link")).toBeNull();
  expect(refresh).toHaveBeenCalled();
});

test("a refusal of the server is said beside the person it is about", async () => {
  actions.disablePerson.mockResolvedValue({
    ok: false,
    problem: { code: "conflict", detail: "Somebody was quicker.", traceId: "t" },
  });
  show([ada, vera]);
  await choose("vera", "Disable");
  expect(await within(screen.getByRole("row", { name: /^vera/ })).findByText("Somebody was quicker.")).toBeDefined();
});
