import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { FromNode } from "@/lib/domain/from-node";
import { heatOf, type NodeActivity } from "@/lib/domain/shard-activity";
import { aPicture } from "@/lib/testing/layout";
import { ActivityNote } from "./activity-note";

const picture = aPicture();
const { primaries } = picture;
const [, first, second] = primaries;
if (!first || !second) throw new Error("the picture has workers");

const told = (seconds: number | null): FromNode<NodeActivity> => ({
  nodeId: first.id,
  ok: true,
  by: "direct",
  tookMs: 1,
  value: { seconds, shardIds: [], reads: [], writes: [] },
});
const refused: FromNode<NodeActivity> = {
  nodeId: second.id,
  ok: false,
  tookMs: 1,
  problem: { code: "node_unreachable", detail: "connection refused.", traceId: "t" },
};

function draw(answers: FromNode<NodeActivity>[] | null, problem: string | null = null) {
  const activity = answers && { answers };
  const heat = activity && heatOf(activity, picture);
  return render(<ActivityNote activity={activity} heat={heat} nodes={primaries} problem={problem} />);
}

describe("what is not known of activity", () => {
  test("is being read", () => {
    draw(null);
    expect(screen.getByRole("status").textContent).toContain("Reading");
  });

  test("needs a second reading, and says when it comes", () => {
    draw([told(null)]);
    expect(screen.getByText("A rate needs two readings. The second comes in about 15 s.")).toBeDefined();
  });

  test("is said of the node that did not tell, with its reason", () => {
    draw([told(15), refused]);
    expect(screen.getByText("Activity of 1 of 2 nodes")).toBeDefined();
    expect(
      screen.getByText(":55166 did not tell (connection refused). Its shards are unknown, not idle."),
    ).toBeDefined();
  });

  test("is why the reading failed", () => {
    draw(null, "The coordinator does not answer.");
    expect(screen.getByText(/^The coordinator does not answer\. Where the shards are/)).toBeDefined();
  });

  test("is nothing where all told twice", () => {
    const { container } = draw([told(15)]);
    expect(container.textContent).toBe("");
  });
});
