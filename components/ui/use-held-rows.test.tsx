import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { useHeldRows } from "./use-held-rows";

function Live({ ids }: { ids: readonly string[] }) {
  const { rows, changes, release, holders } = useHeldRows(ids, (id) => id);
  return (
    <div>
      <div data-testid="rows" {...holders}>
        {rows.join(" ")}
        <button type="button">row</button>
      </div>
      <button type="button" onClick={release}>
        {changes} changes
      </button>
    </div>
  );
}

const shown = () => screen.getByTestId("rows").textContent?.replace("row", "").trim();

test("under the pointer the order is held and the changes are counted; released or left, the newest order comes in", async () => {
  const user = userEvent.setup();
  const { rerender } = render(<Live ids={["a", "b"]} />);
  await user.hover(screen.getByTestId("rows"));
  rerender(<Live ids={["b", "a", "c"]} />);
  expect(shown()).toBe("a b c");
  expect(screen.getByText("3 changes")).toBeDefined();
  await user.unhover(screen.getByTestId("rows"));
  expect(shown()).toBe("b a c");
  expect(screen.getByText("0 changes")).toBeDefined();
});

test("under the keyboard it is held too, and a pointer that passes by does not let go", async () => {
  const user = userEvent.setup();
  const { rerender } = render(<Live ids={["a", "b"]} />);
  await user.tab();
  await user.hover(screen.getByTestId("rows"));
  await user.unhover(screen.getByTestId("rows"));
  rerender(<Live ids={["b", "a"]} />);
  expect(shown()).toBe("a b");
  act(() => screen.getByText("row").blur());
  expect(shown()).toBe("b a");
});
