import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { readSecretFile } from "@/server/config/secret";
import { env } from "@/server/env";

/**
 * What a machine's request says about the token for machines: `none` is configured, it is `right`, or it is `wrong` or missing.
 * The file is read each time, so that a token can be changed while the console runs. Compared by digest, in constant time.
 */
export function machineToken(headers: Headers): "none" | "right" | "wrong" {
  const { METRICS_TOKEN_FILE } = env();
  if (METRICS_TOKEN_FILE === undefined) return "none";
  const wanted = readSecretFile(METRICS_TOKEN_FILE, "METRICS_TOKEN_FILE").reveal();
  const said = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(said), digest(wanted)) ? "right" : "wrong";
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
