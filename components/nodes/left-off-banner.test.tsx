import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { holdingsByGroup } from "@/lib/domain/holdings";
import { aPicture } from "@/lib/testing/layout";
import { LeftOffBanner } from "./left-off-banner";

const { nodes, topology } = aPicture({});
const holdings = holdingsByGroup(topology, () => 1);
const last = nodes.at(-1);
if (!last) throw new Error("no nodes");
const closed = nodes.map((node) => (node.id === last.id ? { ...node, mayHoldShards: false } : node));

test("F14: a node that is closed and still holds shards is told, with the way back and the way on", () => {
  render(<LeftOffBanner state={{ nodes: closed, holdings, openJobId: null }} onOpen={vi.fn()} />);
  expect(screen.getByRole("status").textContent).toContain(`:${last.port} is closed for shards and still holds some`);
  expect(screen.getByRole("button", { name: "Open it again…" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Go on draining…" })).toBeTruthy();
});

test("F14: nothing is said while a job drains it, nor where every node is open", () => {
  render(<LeftOffBanner state={{ nodes: closed, holdings, openJobId: 7 }} onOpen={vi.fn()} />);
  render(<LeftOffBanner state={{ nodes, holdings, openJobId: null }} onOpen={vi.fn()} />);
  expect(screen.queryByRole("status")).toBeNull();
});
