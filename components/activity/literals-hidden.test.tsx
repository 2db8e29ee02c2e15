import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { anActivity, aSession } from "@/lib/testing/activity";
import { aWorker } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { ActivityScreen } from "./activity-screen";

vi.mock("@/server/actions/activity", () => ({
  readActivityNow: vi.fn(),
  previewCancelSessions: vi.fn(),
  cancelSessions: vi.fn(),
  previewTerminateSessions: vi.fn(),
  terminateSessions: vi.fn(),
}));
vi.mock("next/navigation", () => ({
  usePathname: () => "/clusters/shop/activity",
  useSearchParams: () => new URLSearchParams(),
}));

function open(more: { hiddenBecause?: string }, application = "api") {
  const live = { ageMs: 0, tookMs: 1, problem: null, failingForMs: null, version: "1" };
  const activity = anActivity({ sessions: [aSession({ application })] });
  vi.stubGlobal("fetch", async (url: string) =>
    url.endsWith("/activity")
      ? liveAnswer({ ...live, ...more, data: activity })
      : liveAnswer({ ...live, data: { nodes: [aWorker(0)], coordinatorRegistered: true } }),
  );
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <ActivityScreen clusterId={clusterIdSchema.parse("shop")} />
    </QueryClientProvider>,
  );
}

test("T26: who may not read literals is told so above the statements, with the reason", async () => {
  open({ hiddenBecause: "Your role is viewer; this needs the role operator." });
  const said = await screen.findByText("Literals hidden.");
  expect(said.parentElement?.textContent).toBe("Literals hidden. Your role is viewer; this needs the role operator.");
});

test("T26: who reads statements as they are is told nothing", async () => {
  open({});
  await screen.findByRole("grid", { name: "Sessions" });
  expect(screen.queryByText("Literals hidden.")).toBeNull();
});

test("T22: a name that turns the text around it is shown with that character written out", async () => {
  open({}, "\u202Eipa");
  expect((await screen.findByRole("grid", { name: "Sessions" })).textContent).toContain("\\u{202E}ipa");
});
