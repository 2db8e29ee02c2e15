import "server-only";
import { env } from "@/server/env";
import { isHttps } from "@/server/http/origin";

/** As Next's cookie stores take it. */
export type SessionCookie = {
  name: string;
  value: string;
  httpOnly: true;
  secure: boolean;
  sameSite: "strict";
  path: "/";
  maxAge?: number;
};

/** By https the browser itself keeps the cookie from neighbours (`__Host-`). On plain loopback it would refuse that; there the port tells two consoles apart. */
export function sessionCookieName(): string {
  return isHttps() ? "__Host-shardboard" : `shardboard-${env().PORT}`;
}

/** Without an age: the browser forgets it with its own session; how long it is worth something the server decides. */
export function sessionCookie(token: string): SessionCookie {
  return { name: sessionCookieName(), value: token, httpOnly: true, secure: isHttps(), sameSite: "strict", path: "/" };
}

export function noSessionCookie(): SessionCookie {
  return { ...sessionCookie(""), maxAge: 0 };
}

/** What the request's cookie says; null: it has none that could be ours. */
export function sessionTokenIn(headers: Headers): string | null {
  const wanted = `${sessionCookieName()}=`;
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const token = pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length) ?? "";
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}
