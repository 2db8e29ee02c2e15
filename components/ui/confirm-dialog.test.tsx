import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ClusterMarkProvider } from "./cluster-mark";
import { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog";

function open(props: Partial<ConfirmDialogProps> = {}) {
  const onConfirm = vi.fn();
  const onCancel = vi.fn();
  const element = (more: Partial<ConfirmDialogProps> = {}) => (
    <ClusterMarkProvider name="orders-prod">
      <ConfirmDialog
        open
        title="Remove worker :55179?"
        intro="It leaves the cluster. No data is deleted."
        confirmLabel="Remove"
        danger
        onConfirm={onConfirm}
        onCancel={onCancel}
        {...props}
        {...more}
      />
    </ClusterMarkProvider>
  );
  const { rerender } = render(element());
  return { onConfirm, onCancel, change: (more: Partial<ConfirmDialogProps>) => rerender(element(more)) };
}

const deed = () => screen.getByRole("button", { name: "Remove" });

test("the dialog is named by its question, described by its intro, and shows the cluster", () => {
  open();
  const dialog = screen.getByRole("dialog", { name: "Remove worker :55179?" });
  const description = document.getElementById(dialog.getAttribute("aria-describedby") ?? "");
  expect(description?.textContent).toBe("It leaves the cluster. No data is deleted.");
  expect(within(dialog).getByText("orders-prod")).toBeDefined();
});

test("Cancel has the focus first", () => {
  open();
  expect(document.activeElement?.textContent).toContain("Cancel");
});

test("Enter never starts, not even on the button of the deed; Space and a click do", async () => {
  const user = userEvent.setup();
  const { onConfirm } = open();
  deed().focus();
  await user.keyboard("{Enter}");
  expect(onConfirm).not.toHaveBeenCalled();
  expect(screen.getByText("Enter does not start this. Press Space, or click.")).toBeDefined();
  await user.keyboard(" ");
  await user.click(deed());
  expect(onConfirm).toHaveBeenCalledTimes(2);
});

test("the deed stays off until the name is typed, and says so", async () => {
  const user = userEvent.setup();
  const { onConfirm } = open({ typed: "orders-prod" });
  expect(deed().getAttribute("aria-disabled")).toBe("true");
  expect(screen.getAllByText("Type the cluster's name first.").length).toBeGreaterThan(0);
  const field = screen.getByRole("textbox");
  await user.type(field, "orders-pro{Enter}");
  await user.click(deed());
  expect(onConfirm).not.toHaveBeenCalled();
  await user.type(field, "d");
  await user.click(deed());
  expect(onConfirm).toHaveBeenCalledTimes(1);
});

test("a reason from outside keeps the deed off even when the name is typed", async () => {
  const user = userEvent.setup();
  const { onConfirm } = open({ typed: "x", blockedBecause: "The node still holds 14 shard groups." });
  await user.type(screen.getByRole("textbox"), "x");
  await user.click(deed());
  expect(onConfirm).not.toHaveBeenCalled();
  expect(screen.getAllByText("The node still holds 14 shard groups.").length).toBeGreaterThan(0);
});

test("a name typed once does not arm the next question", async () => {
  const user = userEvent.setup();
  const { change } = open({ typed: "x" });
  await user.type(screen.getByRole("textbox"), "x");
  change({ open: false });
  change({ open: true });
  expect(screen.getByRole("textbox")).toHaveProperty("value", "");
  expect(deed().getAttribute("aria-disabled")).toBe("true");
});

test("it shows the exact SQL with its login, the steps with their times, and the notes with their weight", () => {
  open({
    sql: "SELECT citus_remove_node('127.0.0.1', 55179);",
    login: "shardboard_ops",
    steps: [{ what: "Remove the node from metadata", time: "under 1 s" }],
    notes: [{ tone: "warn", text: "PostgreSQL on it keeps running." }],
  });
  const dialog = screen.getByRole("dialog");
  expect(dialog.querySelector("pre")?.textContent).toBe("SELECT citus_remove_node('127.0.0.1', 55179);");
  expect(within(dialog).getByText("shardboard_ops")).toBeDefined();
  expect(within(dialog).getByText("under 1 s")).toBeDefined();
  expect(within(dialog).getAllByRole("listitem").at(-1)?.textContent).toBe("Warning: PostgreSQL on it keeps running.");
});

test("after the click the same dialog follows the job, and the focus stays inside it", () => {
  const { change } = open({ sql: "SELECT 1;" });
  deed().focus();
  change({ after: <p>Moving shard groups: 6 of 14</p> });
  expect(screen.getByText("Moving shard groups: 6 of 14")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Remove" })).toBeNull();
  expect(screen.getByRole("dialog").contains(document.activeElement)).toBe(true);
  expect(document.activeElement?.textContent).toBe("Close");
});

test("a failure is said in the dialog and leaves the deed to be tried again", () => {
  open({ problem: { code: "conflict", detail: "cannot remove the node: it has placements", traceId: "t-1" } });
  expect(screen.getByRole("alert").textContent).toContain("cannot remove the node: it has placements");
  expect(deed().getAttribute("aria-disabled")).toBeNull();
});

test("Esc closes it", async () => {
  const user = userEvent.setup();
  const { onCancel } = open();
  await user.keyboard("{Escape}");
  expect(onCancel).toHaveBeenCalledTimes(1);
});

function RemoveScreen({ open }: { open: boolean }) {
  return (
    <>
      <button type="button">Remove…</button>
      <ConfirmDialog open={open} title="Remove?" confirmLabel="Remove" onConfirm={() => {}} onCancel={() => {}} />
    </>
  );
}

test("closed, it gives the focus back to what opened it", async () => {
  const user = userEvent.setup();
  const { rerender } = render(<RemoveScreen open={false} />);
  await user.click(screen.getByText("Remove…"));
  rerender(<RemoveScreen open />);
  expect(document.activeElement?.textContent).toContain("Cancel");
  rerender(<RemoveScreen open={false} />);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Remove…"));
});
