/** For `JSON.stringify`: a typed array becomes a list of its numbers. */
export function plainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Uint8Array) : value;
}
