import "server-only";
import { BlockList, isIP, isIPv4 } from "node:net";

/** "10.0.0.7, 192.168.0.0/16, fd00::/8" as a list that can be asked; null where an entry is neither an address nor a network. */
export function parseAddressList(text: string): BlockList | null {
  const list = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const [address = "", bits, ...rest] = entry.split("/");
    const size = bits === undefined ? undefined : Number(bits);
    const isValid = isIP(address) !== 0 && rest.length === 0 && (size === undefined || isPrefix(address, size));
    if (!isValid) return null;
    if (size === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, size, familyOf(address));
  }
  return list;
}

export function isListed(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

function isPrefix(address: string, bits: number): boolean {
  return Number.isInteger(bits) && bits >= 0 && bits <= (isIPv4(address) ? 32 : 128);
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}
