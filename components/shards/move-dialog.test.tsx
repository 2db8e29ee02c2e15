import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { aPlan } from "@/lib/testing/changes";
import { aPicture } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { MoveDialog } from "./move-dialog";

const { preview } = vi.hoisted(() => ({ preview: vi.fn() }));
vi.mock("@/server/actions/shard-changes", () => ({
  previewMoveShard: preview,
  moveShard: vi.fn(),
  previewMoveSchema: vi.fn(),
  moveSchema: vi.fn(),
  previewCopyShard: vi.fn(),
  copyShard: vi.fn(),
  previewSplitShard: vi.fn(),
  splitShard: vi.fn(),
  previewIsolateTenant: vi.fn(),
  isolateTenant: vi.fn(),
}));

beforeEach(() => {
  preview.mockResolvedValue({ ok: true, data: aPlan({ change: "shard.move", notes: [] }) });
  vi.stubGlobal("fetch", async () =>
    liveAnswer({ version: "1", data: null, ageMs: 0, tookMs: 1, problem: null, failingForMs: null }),
  );
});

function open() {
  const picture = aPicture();
  const group = picture.groupOfShard.get(102008);
  if (!group) throw new Error("no group");
  const Access = seenBy();
  render(
    <Access>
      <QueryClientProvider client={new QueryClient()}>
        <MoveDialog
          clusterId={clusterIdSchema.parse("shop")}
          picture={picture}
          group={group}
          deed="move"
          onClose={() => {}}
        />
      </QueryClientProvider>
    </Access>,
  );
}

const rowOf = (name: string) => screen.getByRole("radio", { name }).closest("tr") as HTMLElement;

test("legal targets can be chosen and show what they hold then; an illegal one cannot and says why", () => {
  open();
  expect(rowOf("127.0.0.1:55166").textContent).toContain("→");
  expect(screen.getByRole("radio", { name: "127.0.0.1:55165" })).toHaveProperty("disabled", true);
  expect(within(rowOf("127.0.0.1:55165")).getByText("It holds this group already.")).toBeDefined();
  expect(within(rowOf("127.0.0.1:55164")).getByText(/It may not hold shards/)).toBeDefined();
});

test("nothing is asked of the cluster until a target is chosen; then the plan is made for it", async () => {
  open();
  expect(preview).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Move" }).getAttribute("aria-disabled")).toBe("true");
  await userEvent.click(screen.getByRole("radio", { name: "127.0.0.1:55166" }));
  await vi.waitFor(() =>
    expect(preview).toHaveBeenLastCalledWith({
      clusterId: "shop",
      shardId: 102008,
      sourceNodeId: 2,
      targetNodeId: 3,
      mode: "auto",
    }),
  );
});
