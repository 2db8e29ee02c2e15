import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Freshness } from "./freshness";

const START = new Date("2026-11-20T00:33:51Z").getTime();

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(START);
});
afterEach(() => {
  vi.useRealTimers();
});

const after = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));
const text = () => screen.getByTestId("mark").textContent;

function draw(element: React.ReactNode) {
  render(<div data-testid="mark">{element}</div>);
}

test("what was just read is live, and its age counts on", () => {
  draw(<Freshness at={START - 2000} />);
  expect(text()).toBe("Live 2 s ago");
  after(3);
  expect(text()).toBe("Live 5 s ago");
});

test("what does not renew grows stale by itself, even when nobody says why", () => {
  draw(<Freshness at={START} staleAfterSeconds={30} />);
  after(29);
  expect(text()).toContain("Live");
  after(12);
  expect(text()).toBe("41 s old");
});

test("with a reason it is stale at once, and says the age and the reason", () => {
  draw(<Freshness at={START - 41_000} because=":55167 does not answer" />);
  expect(text()).toBe("41 s old: :55167 does not answer");
});

test("nothing read yet is not live", () => {
  draw(<Freshness at={null} />);
  expect(text()).toBe("Reading");
});
