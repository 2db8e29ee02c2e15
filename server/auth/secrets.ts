import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** 256 bits that nobody can guess, as text for a cookie or a link. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. It is random and long, so a plain hash is enough: there is nothing to try out. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
