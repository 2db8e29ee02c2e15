import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { aPlan } from "@/lib/testing/changes";
import { aPicture, aWorker } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { PromoteCloneDialog } from "./promote-clone-dialog";

const { preview, plan } = vi.hoisted(() => ({ preview: vi.fn(), plan: vi.fn() }));
vi.mock("@/server/actions/clones", () => ({
  previewAddClone: vi.fn(),
  addClone: vi.fn(),
  previewPromoteClone: preview,
  promoteClone: vi.fn(),
  previewRemoveClone: vi.fn(),
  removeClone: vi.fn(),
  askClonePlan: plan,
}));

beforeEach(() => {
  preview.mockResolvedValue({ ok: true, data: aPlan({ change: "clone.promote", notes: [] }) });
  vi.stubGlobal("fetch", async () =>
    liveAnswer({ version: "1", data: null, ageMs: 0, tookMs: 1, problem: null, failingForMs: null }),
  );
});

const base = aPicture();
const [primary] = base.primaries.filter((node) => node.groupId === 1);
const clone = aWorker(9, { isClone: true, cloneOf: primary?.id ?? null, isActive: false });
const picture = { ...base, nodes: [...base.nodes, clone] };

function open() {
  const Access = seenBy();
  render(
    <Access>
      <QueryClientProvider client={new QueryClient()}>
        <PromoteCloneDialog
          clusterId={clusterIdSchema.parse("shop")}
          clone={clone}
          picture={picture}
          onClose={() => {}}
        />
      </QueryClientProvider>
    </Access>,
  );
}

test("what Citus would give to the clone is drawn in shard groups, as both hold it before and after", async () => {
  // 102008 and 102016 are one group, 102011 and 102019 another: single shards are what Citus names.
  const named = [102008, 102016, 102011, 102019].map((shardId) => ({ shardId, goesToClone: shardId % 8 === 3 }));
  plan.mockResolvedValue({ ok: true, data: { primaryId: primary?.id, shards: named } });
  open();
  const table = await screen.findByRole("table", { name: "Before and after the promotion" });
  const [, worker, its] = within(table).getAllByRole("row");
  expect(worker?.textContent).toContain("55165");
  expect(worker?.textContent).toMatch(/2.*→.*1/);
  expect(its?.textContent).toMatch(/0.*→.*1/);
});

test("a plan that Citus does not give is a problem in the dialog, not an empty table", async () => {
  plan.mockResolvedValue({
    ok: false,
    problem: { code: "pg_refused", title: "Citus refused", detail: "no such clone" },
  });
  open();
  expect(await screen.findByText(/no such clone/)).toBeDefined();
  expect(screen.queryByRole("table", { name: "Before and after the promotion" })).toBeNull();
});

test("how long writes may wait is part of what is planned", async () => {
  plan.mockResolvedValue({ ok: true, data: { primaryId: primary?.id, shards: [] } });
  open();
  const asked = { clusterId: "shop", nodeId: clone.id };
  await vi.waitFor(() => expect(preview).toHaveBeenLastCalledWith({ ...asked, catchUpSeconds: 300 }));
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Catch-up timeout" }), "900");
  await vi.waitFor(() => expect(preview).toHaveBeenLastCalledWith({ ...asked, catchUpSeconds: 900 }));
});
