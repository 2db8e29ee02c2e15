import "server-only";
import { BlockList, isIP } from "node:net";
import { z } from "zod";

export type Address = { host: string; port: number };

const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** "0x7f.1", "127.1" and "2130706433" are addresses to some programs and names to others: to us they are neither. */
const ENDS_IN_NUMBER = /(^|\.)(0x[0-9a-f]*|[0-9]+)\.?$/i;

/** A DNS name or an IP address, and nothing that libpq or a URL would read more into. */
export function isHost(text: string): boolean {
  return isIP(text) !== 0 || (NAME.test(text) && !ENDS_IN_NUMBER.test(text));
}

/** "host:port", "[v6]:port" or "host" with PostgreSQL's own port; null: none of them. */
export function parseAddress(text: string): Address | null {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? 5432);
  if (!host || !isHost(host) || port < 1 || port > 65_535) return null;
  return { host, port };
}

/** An address in a configuration: a text that is checked and taken apart. */
export const addressSchema = z.string().transform((text, context): Address => {
  const address = parseAddress(text);
  if (address) return address;
  context.addIssue({ code: "custom", message: `"${text}" is not "host:port"` });
  return z.NEVER;
});

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether a host is this machine itself, told by its name or number alone. */
export function isLoopback(host: string): boolean {
  const kind = isIP(host);
  if (kind === 0) return host.toLowerCase() === "localhost";
  return LOOPBACK.check(host, kind === 6 ? "ipv6" : "ipv4");
}
