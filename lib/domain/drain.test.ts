import { expect, test } from "vitest";
import { aPicture, aWorker } from "../testing/layout";
import { anAnswer, noAnswer } from "../testing/node-facts";
import { capacityVerdict, drainEstimate } from "./drain-estimate";
import { drainNotes } from "./drain-notes";
import { type Holdings, holdingsByGroup, holdingsOf } from "./holdings";
import type { NodesAndHoldings } from "./node-rules";

const [coordinator, worker1, worker2, worker3] = [aWorker(0), aWorker(1), aWorker(2), aWorker(3)];
const nodes = [coordinator, worker1, worker2, worker3];
const picture = aPicture();
const holdings = holdingsByGroup(picture.topology, picture.sizes);
const facts = { answers: nodes.map((node) => anAnswer(node)) };
const now = (over: Partial<NodesAndHoldings> = {}): NodesAndHoldings => ({ nodes, holdings, openJobId: null, ...over });

function withoutIdentity(): Map<number, Holdings> {
  return new Map([[1, { ...holdingsOf(holdings, 1), withoutReplicaIdentity: ["public.no_pk"] }]]);
}

test("everything that leaves arrives somewhere, and nothing arrives on a closed node", () => {
  const { homes, groups, bytes } = drainEstimate(worker1, picture, holdings, facts);
  expect(homes.map((home) => home.node)).toEqual([worker2, worker3]);
  expect(homes.reduce((sum, home) => sum + home.groupsAfter - home.groups, 0)).toBe(groups);
  expect(homes.reduce((sum, home) => sum + (home.bytesAfter ?? 0) - (home.bytes ?? 0), 0)).toBe(bytes);
});

test("the disk after is the disk now less what arrives", () => {
  for (const home of drainEstimate(worker1, picture, holdings, facts).homes) {
    expect((home.diskFree ?? 0) - (home.diskFreeAfter ?? 0)).toBe((home.bytesAfter ?? 0) - (home.bytes ?? 0));
  }
});

test("sizes that are not known make the sums 'at least' and the outcome unknown, not smaller", () => {
  const partial = aPicture({ silent: [1] });
  const estimate = drainEstimate(worker1, partial, holdingsByGroup(partial.topology, partial.sizes), facts);
  expect(estimate.isPartial).toBe(true);
  expect(estimate.homes.some((home) => home.bytesAfter === null)).toBe(true);
});

test("a node that did not tell its sizes holds an unknown amount, not none, and draws nothing to itself by it", () => {
  const partial = aPicture({ silent: [2] });
  const { homes } = drainEstimate(worker1, partial, holdingsByGroup(partial.topology, partial.sizes), facts);
  const [silent, other] = homes;
  expect(silent).toMatchObject({ node: worker2, bytes: null, bytesAfter: null });
  expect(other?.groupsAfter).toBeGreaterThan(other?.groups ?? 0);
  expect(Math.abs((silent?.groupsAfter ?? 0) - (other?.groupsAfter ?? 0))).toBeLessThanOrEqual(1);
});

test("a disk that is too small, low or unknown is said; a large one is enough", () => {
  const verdict = (diskFreeBytes: number | null, diskTotalBytes = 100e6) => {
    const answers = nodes.map((node) => anAnswer(node, { diskFreeBytes, diskTotalBytes }));
    return capacityVerdict(drainEstimate(worker1, picture, holdings, { answers })).tone;
  };
  expect(verdict(80e6)).toBe("ok");
  expect(verdict(1e6)).toBe("bad");
  expect(verdict(30e6, 300e6)).toBe("warn");
  expect(verdict(null)).toBe("warn");
  const silent = { answers: [noAnswer(worker2), anAnswer(worker3)] };
  expect(capacityVerdict(drainEstimate(worker1, picture, holdings, silent)).tone).toBe("warn");
});

test("a table without replica identity stops mode auto, is warned about in force_logical, and is no matter in block_writes", () => {
  const notes = (mode: "auto" | "force_logical" | "block_writes") =>
    drainNotes(worker1, now({ holdings: withoutIdentity() }), mode, "logical").find((note) =>
      note.text.includes("no_pk"),
    );
  expect(notes("auto")?.tone).toBe("bad");
  expect(notes("force_logical")?.tone).toBe("warn");
  expect(notes("block_writes")).toBeUndefined();
});

test("the table may lie on another closed node: it is drained together", () => {
  const closed = { ...worker1, mayHoldShards: false };
  const state = now({
    nodes: [coordinator, closed, worker2, worker3],
    holdings: new Map([...holdings, ...withoutIdentity()]),
  });
  const notes = drainNotes(worker2, state, "auto", "logical");
  expect(notes.find((note) => note.tone === "bad")?.text).toContain("public.no_pk");
  expect(notes.find((note) => note.tone === "warn")?.text).toContain("127.0.0.1:55165 as well");
});

test("without wal_level logical only block_writes goes", () => {
  const isRefused = (mode: "auto" | "block_writes") =>
    drainNotes(worker1, now(), mode, "replica").some((note) => note.tone === "bad");
  expect(isRefused("auto")).toBe(true);
  expect(isRefused("block_writes")).toBe(false);
});

test("the way back is always named", () => {
  expect(
    drainNotes(worker1, now(), "auto", "logical")
      .map((note) => note.detail)
      .join(" "),
  ).toContain("open it for shards");
});
