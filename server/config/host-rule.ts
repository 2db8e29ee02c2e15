import "server-only";
import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { isHost } from "./address";

/** One entry of allowed_node_hosts: a network, everything below a domain, or one host. */
export type HostRule =
  | { kind: "network"; text: string; address: string; prefix: number; family: "ipv4" | "ipv6" }
  | { kind: "suffix"; text: string; suffix: string }
  | { kind: "host"; text: string; host: string };

export const hostRuleSchema = z.string().transform((text, context): HostRule => {
  const rule = parseHostRule(text.trim());
  if (rule) return rule;
  context.addIssue({
    code: "custom",
    message: `"${text}" is neither a network (10.1.0.0/16), a domain (.citus.internal) nor a host`,
  });
  return z.NEVER;
});

function parseHostRule(text: string): HostRule | null {
  const network = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text);
  if (network?.[1]) {
    const family = isIP(network[1]) === 6 ? "ipv6" : "ipv4";
    const prefix = Number(network[2]);
    const isNetwork = isIP(network[1]) !== 0 && prefix <= (family === "ipv6" ? 128 : 32);
    return isNetwork ? { kind: "network", text, address: network[1], prefix, family } : null;
  }
  if (text.startsWith(".")) return isHost(text.slice(1)) ? { kind: "suffix", text, suffix: text.toLowerCase() } : null;
  return isHost(text) ? { kind: "host", text, host: text.toLowerCase() } : null;
}

/** Whether a network of the rules holds an IP address. */
export function isInNetworks(ip: string, rules: readonly HostRule[]): boolean {
  const family = isIP(ip) === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  // Of its own family only: a list takes an IPv4 address for one of ::ffff:0:0/96 as well.
  for (const rule of rules)
    if (rule.kind === "network" && rule.family === family) list.addSubnet(rule.address, rule.prefix, family);
  return list.check(ip, family);
}

/** Whether a host is named by the rules: itself, by its domain, or as a number within a network. */
export function isNamed(host: string, rules: readonly HostRule[]): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (isIP(host) !== 0 && isInNetworks(host, rules)) return true;
  return rules.some(
    (rule) => (rule.kind === "host" && rule.host === name) || (rule.kind === "suffix" && name.endsWith(rule.suffix)),
  );
}
