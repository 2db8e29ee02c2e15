import "server-only";
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { normalPassword } from "@/lib/domain/password";
import { AppError } from "@/lib/errors";
import { createGate } from "./gate";

/** What OWASP recommends for argon2id; about 70 ms of one core. Memory in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const STORED = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const derive = promisify(argon2);
/** Each takes 19 MiB and a thread that files and DNS need too; whoever comes when the line is this long is sent away. */
const gate = createGate(2, 32, () => new AppError("too_many_requests", "Too many people sign in at the same moment."));

/** A password as it is stored, in the text form that argon2 programs share. Runs beside the event loop. */
export async function hashPassword(typed: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await tagOf(typed, salt, COST, TAG_BYTES);
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Whether this is the password. With `stored` null (nobody of that name, or nobody with a password) it takes as long and says no. */
export async function isPassword(typed: string, stored: string | null): Promise<boolean> {
  const parts = STORED.exec(stored ?? (await decoy()));
  if (!parts) throw new AppError("state_failed", "A stored password is in a form that this console does not know.");
  const [, memory, passes, parallelism, salt = "", tag = ""] = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const wanted = Buffer.from(tag, "base64");
  const given = await tagOf(typed, Buffer.from(salt, "base64"), cost, wanted.length);
  return timingSafeEqual(given, wanted) && stored !== null;
}

let known: Promise<string> | undefined;
function decoy(): Promise<string> {
  known ??= hashPassword(randomBytes(SALT_BYTES).toString("hex"));
  return known;
}

function tagOf(typed: string, nonce: Buffer, cost: typeof COST, tagLength: number): Promise<Buffer> {
  const message = Buffer.from(normalPassword(typed));
  return gate(() => derive("argon2id", { message, nonce, tagLength, ...cost }));
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
