import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { BarByNode } from "./bar-by-node";

const bars = [
  { nodeId: 2, isCoordinator: false, name: ":55165", value: 62, after: 45 },
  { nodeId: 3, isCoordinator: false, name: ":55166", value: null, after: 49 },
];

test("a chart is one image with a sentence, and the same numbers as a table", async () => {
  const user = userEvent.setup();
  render(
    <BarByNode
      bars={bars}
      measure="Bytes"
      format={(value) => `${value} MB`}
      afterLabel="after the plan"
      sentence="Two workers hold 62 MB."
    />,
  );
  expect(screen.getByRole("img", { name: "Two workers hold 62 MB." })).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Show as table" }));
  const rows = screen.getAllByRole("row").map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ["Node", "Bytes", "after the plan"],
    [":55165", "62 MB", "45 MB"],
    [":55166", "unknown", "49 MB"],
  ]);
});
