/** Whole numbers as bytes, small ones short: seven bits a byte, the eighth says that more follow. */
export type NumberWriter = {
  put: (value: number) => void;
  putBytes: (bytes: Uint8Array) => void;
  done: () => Uint8Array;
};
export type NumberReader = { take: () => number; takeBytes: (count: number) => Uint8Array };

const MORE = 128;

export function numberWriter(): NumberWriter {
  let bytes = new Uint8Array(4_096);
  let length = 0;
  function room(count: number): void {
    if (length + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + count));
    larger.set(bytes);
    bytes = larger;
  }
  return {
    put(value) {
      room(8);
      let rest = value;
      while (rest >= MORE) {
        bytes[length++] = (rest % MORE) + MORE;
        rest = Math.floor(rest / MORE);
      }
      bytes[length++] = rest;
    },
    putBytes(more) {
      room(more.length);
      bytes.set(more, length);
      length += more.length;
    },
    done: () => bytes.slice(0, length),
  };
}

/** @throws RangeError where the bytes end too early */
export function numberReader(bytes: Uint8Array): NumberReader {
  let at = 0;
  return {
    take() {
      let value = 0;
      for (let unit = 1; ; unit *= MORE) {
        const byte = bytes[at++];
        if (byte === undefined) throw new RangeError("the numbers end too early");
        value += (byte % MORE) * unit;
        if (byte < MORE) return value;
      }
    },
    takeBytes(count) {
      if (at + count > bytes.length) throw new RangeError("the numbers end too early");
      at += count;
      return bytes.subarray(at - count, at);
    },
  };
}

/** A number that may be negative as one that is not. */
export const unsigned = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);
export const signed = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
