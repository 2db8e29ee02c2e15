import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Button } from "./button";

const REASON = "No other active node may hold shards.";

test("a button that is off can be reached by keyboard and says why", async () => {
  const user = userEvent.setup();
  render(<Button because={REASON}>Drain…</Button>);
  await user.tab();
  const button = screen.getByRole("button", { name: "Drain…" });
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const described = button.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain(REASON);
  expect((await screen.findByRole("tooltip")).textContent).toContain(REASON);
});

test("a button that is off does nothing, by pointer or by key", async () => {
  const user = userEvent.setup();
  const drain = vi.fn();
  render(
    <Button because={REASON} onClick={drain}>
      Drain…
    </Button>,
  );
  await user.click(screen.getByRole("button"));
  await user.keyboard("{Enter} ");
  expect(drain).not.toHaveBeenCalled();
});

test("a busy button takes no second click, and an idle one takes each", async () => {
  const user = userEvent.setup();
  const start = vi.fn();
  const { rerender } = render(<Button onClick={start}>Start</Button>);
  await user.click(screen.getByRole("button"));
  rerender(
    <Button busy onClick={start}>
      Start
    </Button>,
  );
  await user.click(screen.getByRole("button"));
  expect(start).toHaveBeenCalledTimes(1);
});

test("inside a form a button does not send the form", async () => {
  const user = userEvent.setup();
  const send = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  render(
    <form onSubmit={send}>
      <Button>Refresh</Button>
    </form>,
  );
  await user.click(screen.getByRole("button"));
  expect(send).not.toHaveBeenCalled();
});
