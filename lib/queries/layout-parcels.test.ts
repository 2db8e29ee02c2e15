import { expect, test } from "vitest";
import { createPacker, createUnpacker, type Parcel } from "./layout-parcels";

const column = (value: number) => new Float64Array(1_000).fill(value);
const answerOf = (ids: number, bytes: number) => ({
  version: "1",
  shards: { ids: column(ids), few: Uint8Array.of(1, 2) },
  answers: [{ ok: false }, { ok: true, bytes: column(bytes) }],
});

/** What the page gets, and how much of it was sent. */
function aLine() {
  const [pack, unpack] = [createPacker(), createUnpacker()];
  return (about: string, content: unknown) => {
    const parcel: Parcel = structuredClone(pack(about, content));
    const sent = parcel.columns.filter((one) => one.column !== null).map(({ path }) => path.join("."));
    return { sent, got: unpack(about, parcel) };
  };
}

test("what is unpacked is what was packed, and only columns that differ are sent again", () => {
  const send = aLine();
  const first = answerOf(1, Number.NaN);
  expect(send("a", first)).toEqual({ sent: ["shards.ids", "answers.1.bytes"], got: first });
  expect(send("a", answerOf(1, Number.NaN))).toEqual({ sent: [], got: first });
  const moved = answerOf(1, 3);
  expect(send("a", moved)).toEqual({ sent: ["answers.1.bytes"], got: moved });
});

test("answers about something else have columns of their own", () => {
  const send = aLine();
  send("a", answerOf(1, 2));
  expect(send("b", answerOf(1, 2)).sent).toHaveLength(2);
  expect(send("a", answerOf(1, 2)).sent).toEqual([]);
});

test("an answer that is a column, or has none, goes as it is", () => {
  const send = aLine();
  expect(send("order", column(1)).got).toEqual(column(1));
  expect(send("order", column(1))).toEqual({ sent: [], got: column(1) });
  for (const plain of [null, undefined, 7, { content: null }]) expect(send("a", plain).got).toEqual(plain);
});

test("a column that never came is no empty one", () => {
  const lost = { content: { ids: null }, columns: [{ path: ["ids"], column: null }] };
  expect(() => createUnpacker()("a", lost)).toThrow("Column a ids was never sent.");
});
