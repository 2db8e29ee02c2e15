import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { NodeName } from "./node-name";

const open = (short?: string) =>
  render(<NodeName nodeId={2} host="worker-1" port={5432} isCoordinator={false} short={short} />).container.textContent;

test("a node is named by what tells it from the others: a port that all share says nothing", () => {
  expect(open()).toBe("worker-1:5432");
  expect(open(":5432")).toBe(":5432");
  expect(open("worker-1")).toBe("worker-1");
  expect(screen.getAllByTitle("worker-1:5432")).toHaveLength(2);
});
