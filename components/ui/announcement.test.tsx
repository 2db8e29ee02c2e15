import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcement } from "./announcement";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const after = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));
const said = () => screen.getByRole("status").textContent;

test("the first word is said at once, the next not before ten seconds, and then only the last one", () => {
  const { rerender } = render(<Announcement text="1 of 14 moves" />);
  after(0);
  expect(said()).toBe("1 of 14 moves");
  rerender(<Announcement text="2 of 14 moves" />);
  after(4);
  rerender(<Announcement text="3 of 14 moves" />);
  after(5);
  expect(said()).toBe("1 of 14 moves");
  after(1);
  expect(said()).toBe("3 of 14 moves");
});
