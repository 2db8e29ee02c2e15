import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { aPlan } from "@/lib/testing/changes";
import { aPicture } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { IsolateDialog } from "./isolate-dialog";
import { SplitDialog } from "./split-dialog";

const { split, isolate } = vi.hoisted(() => ({ split: vi.fn(), isolate: vi.fn() }));
vi.mock("@/server/actions/shard-changes", () => ({
  previewMoveShard: vi.fn(),
  moveShard: vi.fn(),
  previewMoveSchema: vi.fn(),
  moveSchema: vi.fn(),
  previewCopyShard: vi.fn(),
  copyShard: vi.fn(),
  previewSplitShard: split,
  splitShard: vi.fn(),
  previewIsolateTenant: isolate,
  isolateTenant: vi.fn(),
}));

beforeEach(() => {
  split.mockReset().mockResolvedValue({ ok: true, data: aPlan({ change: "shard.split", notes: [] }) });
  isolate.mockReset().mockResolvedValue({ ok: true, data: aPlan({ change: "tenant.isolate", notes: [] }) });
  vi.stubGlobal("fetch", async () =>
    liveAnswer({ version: "1", data: null, ageMs: 0, tookMs: 1, problem: null, failingForMs: null }),
  );
});

function open(Dialog: typeof SplitDialog | typeof IsolateDialog) {
  const picture = aPicture();
  const group = picture.groupOfShard.get(102008);
  if (!group) throw new Error("no group");
  const Access = seenBy();
  render(
    <Access>
      <QueryClientProvider client={new QueryClient()}>
        <Dialog clusterId={clusterIdSchema.parse("shop")} picture={picture} group={group} onClose={() => {}} />
      </QueryClientProvider>
    </Access>,
  );
}

const HALF = -(2 ** 31) + 2 ** 28 - 1;

test("a split begins with halves that stay where they are; a part is put on another node by choosing it", async () => {
  open(SplitDialog);
  const asked = { clusterId: "shop", shardId: 102008, points: [HALF], mode: "auto" };
  await vi.waitFor(() => expect(split).toHaveBeenLastCalledWith({ ...asked, nodeIds: [2, 2] }));
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Node of part 2" }), "3");
  await vi.waitFor(() => expect(split).toHaveBeenLastCalledWith({ ...asked, nodeIds: [2, 3] }));
});

test("points that Citus would refuse are refused here, with the reason, and nothing is asked for them", async () => {
  open(SplitDialog);
  await vi.waitFor(() => expect(split).toHaveBeenCalled());
  split.mockClear();
  const points = screen.getByRole("textbox", { name: "Last hash value of each part but the last" });
  const given = async (text: string) => {
    await userEvent.clear(points);
    await userEvent.type(points, `${text}{Enter}`);
  };
  await given("5");
  expect(screen.getAllByText(/^5 is outside/).length).toBeGreaterThan(0);
  await given("many");
  expect(screen.getAllByText("Points are whole numbers with commas between them.").length).toBeGreaterThan(0);
  expect(screen.getByRole("button", { name: "Split" }).getAttribute("aria-disabled")).toBe("true");
  expect(split).not.toHaveBeenCalled();
});

test("a tenant is asked about once its value is settled with Enter, not with each letter", async () => {
  open(IsolateDialog);
  const value = screen.getByRole("textbox", { name: /^Value of / });
  await userEvent.type(value, "4711");
  expect(isolate).not.toHaveBeenCalled();
  await userEvent.type(value, "{Enter}");
  const asked = { clusterId: "shop", tableOid: 1, value: "4711", mode: "auto" };
  await vi.waitFor(() => expect(isolate).toHaveBeenLastCalledWith(asked));
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Table" }), "2");
  await vi.waitFor(() => expect(isolate).toHaveBeenLastCalledWith({ ...asked, tableOid: 2 }));
});
