import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { ChangePlan } from "@/lib/domain/change";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import type { Problem } from "@/lib/errors";
import { onProofWanted } from "@/lib/proof";
import type { ChangeActions } from "@/lib/queries/changes";
import { aPlan, aRun } from "@/lib/testing/changes";
import { aJob, aMove, aTask, someJobs } from "@/lib/testing/jobs";
import { liveAnswer } from "@/lib/testing/live-answer";
import { ChangeDialog } from "./change-dialog";

const clusterId = clusterIdSchema.parse("shop");
type Input = { clusterId: ClusterId };

const problem = (over: Partial<Problem>): Problem => ({ code: "conflict", detail: "", traceId: "t", ...over });

/** What the live topics answer, by name. */
const live: Record<string, unknown> = {};

beforeEach(() => {
  for (const topic of Object.keys(live)) delete live[topic];
  vi.stubGlobal("fetch", async (address: string) => {
    const topic = address.split("/").at(-1) ?? "";
    const data = live[topic] ?? (topic === "runs" ? { runs: [] } : null);
    return liveAnswer({ version: "1", data, ageMs: 0, tookMs: 1, problem: null, failingForMs: null });
  });
});

function open(options: { plans?: ChangePlan[]; start?: ReturnType<typeof vi.fn>; input?: Input | null } = {}) {
  const plans = [...(options.plans ?? [aPlan()])];
  const preview = vi.fn(async () => ({
    ok: true as const,
    data: (plans.length > 1 ? plans.shift() : plans[0]) ?? aPlan(),
  }));
  const start = options.start ?? vi.fn(async () => ({ ok: true, data: aRun() }));
  const onClose = vi.fn();
  const actions = { name: "node.drain", preview, start } as unknown as ChangeActions<Input>;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ChangeDialog
        open
        onClose={onClose}
        clusterId={clusterId}
        actions={actions}
        input={options.input === undefined ? { clusterId } : options.input}
        title="Drain worker :55179?"
        confirmLabel="Drain"
        danger
        typedWhat="the node's address"
      />
    </QueryClientProvider>,
  );
  return { preview, start, onClose, user: userEvent.setup() };
}

const deed = () => screen.getByRole("button", { name: "Drain" });
const isOff = () => deed().getAttribute("aria-disabled") === "true";

test("the plan is asked for when the dialog opens; until it is there nothing can be started", async () => {
  const { start, user } = open();
  expect(isOff()).toBe(true);
  await user.click(deed());
  expect(start).not.toHaveBeenCalled();
  const dialog = screen.getByRole("dialog", { name: "Drain worker :55179?" });
  expect(await within(dialog).findByText("Close :55179 for new shards")).toBeDefined();
  expect(within(dialog).getByText("shardboard_ops")).toBeDefined();
  expect(dialog.querySelector("pre")?.textContent).toBe("select close();");
  expect(within(dialog).getByText(/Drain empties every closed node/).textContent).toContain("Only :55179 is.");
});

test("a refused change says why and cannot be started, and asks for no typing", async () => {
  const { start, user } = open({ plans: [aPlan({ refusal: "Job 9 is under way.", typed: ":55179" })] });
  expect((await screen.findAllByText("Job 9 is under way.")).length).toBeGreaterThan(0);
  expect(screen.queryByLabelText(/Type the node's address/)).toBeNull();
  await user.click(deed());
  expect(start).not.toHaveBeenCalled();
});

test("the name has to be typed; then exactly what was confirmed is sent", async () => {
  const { start, user } = open({ plans: [aPlan({ typed: ":55179" })] });
  const field = await screen.findByLabelText(/Type the node's address/);
  await user.type(field, ":5517");
  expect(isOff()).toBe(true);
  await user.type(field, "9");
  await user.click(deed());
  expect(start).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ clusterId, fingerprint: "first", confirmation: "shown", typed: ":55179" }),
  );
});

test("an incomplete form asks the cluster nothing", async () => {
  const { preview } = open({ input: null });
  expect(preview).not.toHaveBeenCalled();
  expect(isOff()).toBe(true);
});

test("after the click the same dialog follows: steps with times, the server's words, and what was measured", async () => {
  const { user } = open();
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect(await screen.findByText("NOTICE of the server")).toBeDefined();
  expect(screen.getByText("400 ms")).toBeDefined();
  expect(screen.getByText("Done after 1.8 s, and seen on the cluster.")).toBeDefined();
  expect(screen.getByText("pg_dist_node says that :55179 may not hold shards.")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Drain" })).toBeNull();
});

test("success is not said of what was not seen", async () => {
  const run = aRun({ effect: { seen: false, sentence: ":55179 is still open." } });
  const { user } = open({ start: vi.fn(async () => ({ ok: true, data: run })) });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect(await screen.findByText("The statements ran after 1.8 s, but the effect was not seen.")).toBeDefined();
});

test("a cluster that changed in between: what differs is shown, and nothing starts until the new plan is confirmed", async () => {
  const now = aPlan({
    fingerprint: "second",
    steps: [{ title: "Close :55179 for new shards", sql: ["select close_again();"] }],
  });
  const start = vi
    .fn()
    .mockResolvedValueOnce({ ok: false, problem: problem({ code: "stale_plan" }) })
    .mockResolvedValueOnce({ ok: true, data: aRun() });
  const { user } = open({ plans: [aPlan(), now], start });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  const changed = await screen.findByRole("alert");
  expect(changed.textContent).toContain("Nothing was started.");
  expect(changed.textContent).toContain("No longer: select close();");
  expect(changed.textContent).toContain("New: select close_again();");
  await vi.waitFor(() => expect(isOff()).toBe(false));
  await user.click(deed());
  expect(start).toHaveBeenLastCalledWith(expect.objectContaining({ clusterId, fingerprint: "second" }));
});

test("a start that the server refuses leaves the question on screen with the reason", async () => {
  const start = vi.fn(async () => ({
    ok: false,
    problem: problem({ code: "record_failed", detail: "The disk is full." }),
  }));
  const { user } = open({ start });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
  expect(deed()).toBeDefined();
});

test("a failed step shows the problem and says what stands", async () => {
  const [step] = aRun().steps;
  if (!step) throw new Error("the run has a step");
  const run = aRun({
    state: "failed",
    effect: null,
    steps: [step, { ...step, title: "Schedule the moves", state: "failed", messages: [] }],
    problem: problem({ code: "pg_refused", detail: "could not acquire the lock" }),
  });
  const { user } = open({ start: vi.fn(async () => ({ ok: true, data: run })) });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("could not acquire the lock");
  expect(alert.textContent).toContain("What was done before it stands: Close :55179 for new shards.");
  expect(screen.getByText("Failed after 1.8 s.")).toBeDefined();
});

test("a job that the run started is followed: tasks, the move under way and its phase", async () => {
  live.jobs = someJobs({
    jobs: [aJob({ jobId: 9, taskCounts: { done: 6, running: 1, blocked: 7 } })],
    tasks: [aTask()],
    progress: [aMove({ phase: "Catching Up", lagBytes: 188_416 })],
  });
  const run = aRun({ jobId: 9 });
  live.runs = { runs: [run] };
  const { user, onClose } = open({ start: vi.fn(async () => ({ ok: true, data: run })) });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect(await screen.findByText(/6 of 14 tasks done/)).toBeDefined();
  expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("42");
  expect(screen.getByText("Catching Up")).toBeDefined();
  expect(screen.getByText("184 kB behind")).toBeDefined();
  expect(screen.getByText("Started; the job goes on.")).toBeDefined();
  await user.click(screen.getAllByRole("button", { name: "Close" }).at(-1) ?? deed());
  expect(onClose).toHaveBeenCalled();
});

test("a job that was stopped is not called done", async () => {
  live.jobs = someJobs({ jobs: [aJob({ jobId: 9, state: "cancelled", finishedAt: 1_500 })], tasks: [], progress: [] });
  const run = aRun({ jobId: 9, effect: { seen: false, sentence: ":55179 still holds 8 shard groups." } });
  live.runs = { runs: [run] };
  const { user } = open({ start: vi.fn(async () => ({ ok: true, data: run })) });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect(await screen.findByText("Job 9 is cancelled.")).toBeDefined();
  expect(screen.getByText(":55179 still holds 8 shard groups.")).toBeDefined();
});

test("a double click is one deed, and what is sent again after a lost answer is the same deed", async () => {
  let lose = (_why: Error) => {};
  const lost = new Promise((_, reject) => {
    lose = reject;
  });
  const start = vi.fn().mockReturnValueOnce(lost).mockResolvedValueOnce({ ok: true, data: aRun() });
  const { user } = open({ start });
  await screen.findByText("Close :55179 for new shards");
  await user.dblClick(deed());
  expect(start).toHaveBeenCalledTimes(1);
  lose(new Error("the network is gone"));
  await screen.findByRole("alert");
  await user.click(deed());
  await screen.findByText(/^Done after/);
  const ids = start.mock.calls.map(([sent]) => sent.actionId);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(ids[1]).toBe(ids[0]);
});

test("each dialog is a deed of its own", async () => {
  const first = open();
  await screen.findByText("Close :55179 for new shards");
  await first.user.click(deed());
  await screen.findByText(/^Done after/);
  cleanup();
  const second = open();
  await screen.findByText("Close :55179 for new shards");
  await second.user.click(deed());
  await screen.findByText(/^Done after/);
  expect(second.start.mock.calls[0]?.[0].actionId).not.toBe(first.start.mock.calls[0]?.[0].actionId);
});

const expired = { ok: false, problem: problem({ code: "confirmation_expired" }) };

test("a confirmation that ran out while the plan was read is renewed without a word, where the plan is still the same", async () => {
  const start = vi.fn().mockResolvedValueOnce(expired).mockResolvedValueOnce({ ok: true, data: aRun() });
  const { user, preview } = open({ start, plans: [aPlan(), aPlan({ confirmation: "shown again" })] });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  await screen.findByText(/^Done after/);
  expect(preview).toHaveBeenCalledTimes(2);
  expect(start.mock.calls.map(([sent]) => sent.confirmation)).toEqual(["shown", "shown again"]);
});

test("where the plan has changed meanwhile, nothing is sent again: what differs is shown and wants a new confirmation", async () => {
  const start = vi.fn().mockResolvedValueOnce(expired);
  const now = aPlan({ fingerprint: "second", basis: ["shard 102008: :55167 → :55168"] });
  const { user } = open({ start, plans: [aPlan(), now] });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect((await screen.findByRole("alert")).textContent).toContain("New: shard 102008: :55167 → :55168");
  expect(start).toHaveBeenCalledTimes(1);
});

test("where a proof of identity is wanted it is asked for, and the same is sent once more", async () => {
  const stop = onProofWanted(async () => {});
  const start = vi
    .fn()
    .mockResolvedValueOnce({ ok: false, problem: problem({ code: "reauth_required" }) })
    .mockResolvedValueOnce({ ok: true, data: aRun() });
  const { user } = open({ start });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  await screen.findByText(/^Done after/);
  expect(start.mock.calls[0]).toEqual(start.mock.calls[1]);
  stop();
});

test("who is in the way is named with a link to what they do, in the plan and when it is noticed at the start", async () => {
  const rival = "ada has been draining :55167 since 12:04:10 UTC (2 min).";
  const { start } = open({
    plans: [aPlan({ refusal: rival, notes: [{ tone: "bad", text: rival, runId: "r7" }], confirmation: null })],
  });
  const link = await screen.findByRole("link", { name: "Open that operation" });
  expect(link.getAttribute("href")).toBe("/clusters/shop/operations/r7");
  expect(start).not.toHaveBeenCalled();
  cleanup();
  const refused = { ok: false, problem: problem({ code: "conflict", detail: rival, runId: "r7" }) };
  const { user } = open({ start: vi.fn(async () => refused) });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain(rival);
  expect(within(alert).getByRole("link", { name: "Open that operation" })).toBeDefined();
});

test("somebody who may look but not start sees the plan, and why they may not", async () => {
  const because = "Your role is viewer; this needs the role operator (right node:drain).";
  const { start, user } = open({
    plans: [aPlan({ mayStart: { allowed: false, because }, confirmation: null, typed: ":55179" })],
  });
  await screen.findByText("Close :55179 for new shards");
  expect(screen.getAllByText(because).length).toBeGreaterThan(0);
  expect(screen.queryByRole("textbox")).toBeNull();
  await user.click(deed());
  expect(start).not.toHaveBeenCalled();
});

test("a reason is sent with the deed", async () => {
  const { start, user } = open();
  await user.type(await screen.findByLabelText(/^Reason/), " ticket 7 ");
  await user.click(deed());
  expect(start).toHaveBeenCalledWith(expect.objectContaining({ reason: "ticket 7" }));
});

test("the browser's Back closes the dialog", async () => {
  const { onClose } = open();
  await screen.findByText("Close :55179 for new shards");
  window.history.back();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
});

test("a run whose end needs a person says so, and takes their remark", async () => {
  const reconciled = { at: 5, sentence: "It needs a person. Look at the cluster." };
  const run = aRun({ state: "unknown", effect: { seen: false, sentence: "Its node does not answer." }, reconciled });
  const { user } = open({ start: vi.fn(async () => ({ ok: true, data: run })) });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect(await screen.findByText("It needs a person. Look at the cluster.")).toBeDefined();
  expect(screen.getByLabelText("What you found on the cluster")).toBeDefined();
});

test("F15: a deed whose answer was lost on its way is followed as soon as the topic has it", async () => {
  const start = vi.fn(async (sent: { actionId: string }) => {
    live.runs = { runs: [aRun({ id: sent.actionId })] };
    throw new Error("the network is gone");
  });
  const { user } = open({ start });
  await screen.findByText("Close :55179 for new shards");
  await user.click(deed());
  expect(await screen.findByText("Done after 1.8 s, and seen on the cluster.")).toBeDefined();
  expect(start).toHaveBeenCalledTimes(1);
});
