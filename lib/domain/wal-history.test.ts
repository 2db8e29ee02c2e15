import fc from "fast-check";
import { expect, test } from "vitest";
import { behindAt, GAP_MS, remember, type WalSample } from "./wal-history";

const MINUTE = 60_000;

function remembered(samples: readonly WalSample[]): WalSample[] {
  return samples.reduce<WalSample[]>(remember, []);
}

/** A primary watched without gaps: up to 2 s between samples, WAL never goes back. */
const watched = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 5000 })), {
    minLength: 2,
    maxLength: 40,
  })
  .map((steps) => {
    let sample: WalSample = { at: 1_000_000, bytes: 10_000 };
    return [
      sample,
      ...steps.map(([ms, bytes]) => {
        sample = { at: sample.at + ms, bytes: sample.bytes + bytes };
        return sample;
      }),
    ];
  });

test("never negative, and a standby that is further ahead is never further behind", () => {
  fc.assert(
    fc.property(
      watched,
      fc.integer({ min: 0, max: 200_000 }),
      fc.integer({ min: 0, max: 5000 }),
      (samples, at, ahead) => {
        const [far, near] = [behindAt(samples, at), behindAt(samples, at + ahead)];
        expect(far?.seconds).toBeGreaterThanOrEqual(0);
        expect(near?.seconds ?? 0).toBeLessThanOrEqual(far?.seconds ?? 0);
      },
    ),
  );
});

test("an idle primary has a standby that is 0 s behind, however long it has been idle", () => {
  fc.assert(
    fc.property(watched, fc.integer({ min: 1, max: 100 }), (samples, polls) => {
      const { at, bytes } = samples.at(-1) ?? { at: 0, bytes: 0 };
      const idle = Array.from({ length: polls }, (_, poll) => ({ at: at + (poll + 1) * 2000, bytes }));
      expect(behindAt([...samples, ...idle], bytes)).toEqual({ seconds: 0, atLeast: false });
    }),
  );
});

test("a paused standby falls behind by exactly the time that passes, and never by more than since it was caught up", () => {
  fc.assert(
    fc.property(watched, fc.integer({ min: 1, max: 20 }), (samples, polls) => {
      const paused = samples.at(-1) ?? { at: 0, bytes: 0 };
      const after = Array.from({ length: polls }, (_, poll) => ({
        at: paused.at + (poll + 1) * 2000,
        bytes: paused.bytes + (poll + 1) * 100,
      }));
      expect(behindAt([...samples, ...after], paused.bytes)).toEqual({ seconds: (polls - 1) * 2, atLeast: false });
    }),
  );
});

test("a position older than all that is remembered reads as at least that old; one sample dates nothing", () => {
  const samples = [
    { at: 0, bytes: 500 },
    { at: 2000, bytes: 600 },
  ];
  expect(behindAt(samples, 100)).toEqual({ seconds: 2, atLeast: true });
  expect(behindAt(samples.slice(0, 1), 100)).toBeNull();
  expect(behindAt([], 100)).toBeNull();
});

test("a position that was passed while nobody watched reads as at least", () => {
  const samples = [
    { at: 0, bytes: 500 },
    { at: GAP_MS + 50_000, bytes: 900 },
    { at: GAP_MS + 52_000, bytes: 950 },
  ];
  expect(behindAt(samples, 600)).toEqual({ seconds: 2, atLeast: true });
  expect(behindAt(samples, 920)).toEqual({ seconds: 0, atLeast: false });
});

test("WAL that goes back is another timeline, and so is a clock that was set back: the old samples are forgotten", () => {
  const before = remembered([
    { at: 0, bytes: 500 },
    { at: 1000, bytes: 900 },
  ]);
  expect(remember(before, { at: 2000, bytes: 100 })).toEqual([{ at: 2000, bytes: 100 }]);
  expect(remember(before, { at: 500, bytes: 950 })).toEqual([{ at: 500, bytes: 950 }]);
});

test("hours of samples stay few and still date a position of long ago to the minute, as at least; after a day it is forgotten", () => {
  const samples = remembered(Array.from({ length: 5 * 360 }, (_, poll) => ({ at: poll * 10_000, bytes: poll * 10 })));
  expect(samples.length).toBeLessThan(5 * 60 + 15 * 6 + 5);
  const now = samples.at(-1)?.at ?? 0;
  const behind = behindAt(samples, (now - 180 * MINUTE) / 1000);
  expect(behind?.atLeast).toBe(true);
  expect(behind?.seconds).toBeGreaterThan(179 * 60);
  expect(behind?.seconds).toBeLessThanOrEqual(180 * 60);
  const dayLater = remember(samples, { at: now + 24 * 60 * MINUTE, bytes: now });
  expect(dayLater.map(({ at }) => at)).toEqual([now, now + 24 * 60 * MINUTE]);
});
