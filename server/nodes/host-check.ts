import "server-only";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Note } from "@/lib/domain/change";
import type { Target } from "@/server/clusters";
import { isHost, isLoopback } from "@/server/config/address";
import { type HostRule, hostRuleSchema, isInNetworks, isNamed } from "@/server/config/host-rule";

/** Whether a host may join a cluster, told before the coordinator is made to connect to it. `basis`: where it leads, as the plan hangs on it. */
export type HostCheck = { note: Note; basis: readonly string[] };

export type Resolve = (host: string) => Promise<readonly string[]>;

/** No server of a cluster is there, whatever a list says: the machine's neighbours, cloud metadata, nobody and everybody. */
const NEVER = networks(
  ...["0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.192/32", "224.0.0.0/4", "240.0.0.0/4"],
  ...["::/128", "fe80::/10", "fd00:ec2::254/128", "ff00::/8", "::ffff:0:0/96", "64:ff9b::/96"],
);

/** Where a cluster's nodes are when nobody wrote a list. */
const PRIVATE = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

function networks(...texts: string[]): HostRule[] {
  return texts.map((text) => hostRuleSchema.parse(text));
}

const fromDns: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return [...new Set(found.map(({ address }) => address))].sort();
};

/**
 * Looks at the spelling, at the list allowed_node_hosts, and at the addresses behind a name. They are looked up twice: a name
 * that leads elsewhere each time is not one to be let in. The addresses are part of the plan, so that a start is refused when
 * they have changed since.
 */
export async function checkHost(target: Target, host: string, resolve: Resolve = fromDns): Promise<HostCheck> {
  if (!isHost(host)) return no(`"${host}" is neither a host name nor an IP address.`);
  const rules = target.allowedNodeHosts;
  const named = (rules !== null && isNamed(host, rules)) || isConfigured(target, host);
  const found = await lookUp(host, resolve);
  if (found === "unsteady") return no(`${host} leads to other addresses each time it is looked up.`);
  if (found === "unknown") {
    if (!named)
      return no(`${host} is not known here, so nobody can say whether it may join.`, "Name it in allowed_node_hosts.");
    return {
      basis: [],
      note: { tone: "warn", text: `${host} is named in the configuration, and cannot be looked up from here.` },
    };
  }
  const wrong = found.find((ip) => !mayBe(target, ip, named, rules));
  if (wrong !== undefined) return no(refusalWords(host, wrong), WHERE_TO_ALLOW);
  const text = isIP(host) === 0 ? `${host} is ${found.join(" and ")}, and may join.` : `${host} may join.`;
  return { basis: found.map((ip) => `${host} is ${ip}`), note: { tone: "ok", text } };
}

/** The configuration itself names it: in the address map, for nodes that only the coordinator can look up, or as a coordinator. */
function isConfigured({ addresses, coordinators }: Target, host: string): boolean {
  const registered = [...addresses.keys()].map((address) => address.replace(/:\d+$/, ""));
  return registered.includes(host) || coordinators.some((coordinator) => coordinator.host === host);
}

const WHERE_TO_ALLOW =
  "allowed_node_hosts (ALLOWED_NODE_HOSTS) lists networks, domains and hosts that may. Without it these are private networks, and this machine where the coordinator runs on it.";

function no(text: string, detail?: string): HostCheck {
  return { basis: [], note: { tone: "bad", text, ...(detail !== undefined && { detail }) } };
}

function refusalWords(host: string, ip: string): string {
  return host === ip
    ? `${host} may not join this cluster.`
    : `${host} leads to ${ip}, which may not join this cluster.`;
}

async function lookUp(host: string, resolve: Resolve): Promise<readonly string[] | "unknown" | "unsteady"> {
  if (isIP(host) !== 0) return [host];
  try {
    const [first, second] = [await resolve(host), await resolve(host)];
    return first.join() === second.join() ? first : "unsteady";
  } catch {
    return "unknown"; // no such name, or no name server: for the decision the same
  }
}

/** A name on the list answers for where it leads, except to places where no node can be. */
function mayBe(target: Target, ip: string, named: boolean, rules: readonly HostRule[] | null): boolean {
  if (isInNetworks(ip, NEVER)) return false;
  if (isLoopback(ip)) return rules === null ? isLoopback(target.coordinator.host) : isLoopbackListed(ip, rules);
  return named || isInNetworks(ip, rules ?? PRIVATE);
}

function isLoopbackListed(ip: string, rules: readonly HostRule[]): boolean {
  return isInNetworks(ip, rules) || rules.some((rule) => rule.kind === "host" && isLoopback(rule.host));
}
