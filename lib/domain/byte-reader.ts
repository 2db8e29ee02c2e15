/** Reads what `ByteWriter` wrote. @throws RangeError where the bytes end too early */
export class ByteReader {
  #at = 0;
  readonly #bytes: Uint8Array;
  readonly #parse: (text: string) => unknown;

  /** `parse`: how a text of JSON becomes a value, which is where names from a database are made visible. */
  constructor(bytes: Uint8Array, parse: (text: string) => unknown = JSON.parse) {
    this.#bytes = bytes;
    this.#parse = parse;
  }

  uint(): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("the bytes end in the middle of a number");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  }

  int(): number {
    const value = this.uint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** How many of something follow: never more than there are bytes left for, so that a broken answer costs no memory. */
  count(): number {
    const count = this.uint();
    if (count > this.#bytes.length - this.#at) throw new RangeError("the bytes end before what they announce");
    return count;
  }

  raw(): Uint8Array {
    const length = this.count();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  json(): unknown {
    return this.#parse(new TextDecoder().decode(this.raw()));
  }
}
