/** A column of an answer: an array of numbers, of which there may be one for each shard. */
type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;
/** `columns`: where the large ones stand in the content. null: as it was the last time at the same place. */
export type Parcel = { content: unknown; columns: { path: readonly string[]; column: Column | null }[] };

/** In bytes; smaller ones are copied sooner than looked after. */
const LARGE = 4_096;

/**
 * Packs what a worker answers to its page. Of 100,000 shards that is 9 MB each time, copied and soon garbage, which stops the page; but
 * when twenty of them have moved, three columns of twenty differ. The others are not sent again: who unpacks has them.
 *
 * `about`: answers about the same are alike. Columns must not be changed once they were packed.
 */
export function createPacker(): (about: string, content: unknown) => Parcel {
  const sent = new Map<string, Column>();
  return (about, content) => {
    const columns: Parcel["columns"] = [];
    const packed = (value: unknown, path: readonly string[]): unknown => {
      if (isLarge(value)) {
        const key = keyOf(about, path);
        columns.push({ path, column: isEqual(sent.get(key), value) ? null : value });
        sent.set(key, value);
        return null;
      }
      if (Array.isArray(value)) return value.map((one, index) => packed(one, [...path, String(index)]));
      if (!isPlain(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, packed(one, [...path, name])]));
    };
    return { content: packed(content, []), columns };
  };
}

/** The other side: every parcel of the packer has to come by here, in the order in which it was packed. Puts the columns into the content. */
export function createUnpacker(): (about: string, parcel: Parcel) => unknown {
  const got = new Map<string, Column>();
  return (about, { content, columns }) => {
    const root = { content };
    for (const { path, column } of columns) {
      const key = keyOf(about, path);
      const known = column ?? got.get(key);
      if (!known) throw new Error(`Column ${key} was never sent.`);
      got.set(key, known);
      put(root, ["content", ...path], known);
    }
    return root.content;
  };
}

const keyOf = (about: string, path: readonly string[]) => `${about} ${path.join(".")}`;

function put(root: object, path: readonly string[], column: Column): void {
  const owner = path
    .slice(0, -1)
    .reduce((one, name) => one[name] as Record<string, unknown>, root as Record<string, unknown>);
  owner[path.at(-1) ?? ""] = column;
}

function isLarge(value: unknown): value is Column {
  return ArrayBuffer.isView(value) && value.byteLength >= LARGE;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** NaN, which stands for an unknown size, is equal to itself. */
function isEqual(before: Column | undefined, now: Column): boolean {
  if (before === now) return true;
  return before?.length === now.length && now.every((value: number, index: number) => Object.is(value, before[index]));
}
