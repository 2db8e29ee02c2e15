import "server-only";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";

const HIDDEN = "[redacted]";

/** A password, token or key. Printed, logged or sent to a browser by mistake it is only "[redacted]". */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  toJSON(): string {
    return HIDDEN;
  }

  toString(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/** The secret in a file, without the line end that editors add. `key` is what named the file, for the message. @throws Error */
export function readSecretFile(path: string, key: string): Secret {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`${key}: the file ${path} cannot be read.`, { cause });
  }
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw new Error(`${key}: the file ${path} is empty.`);
  return new Secret(value);
}
