import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostSchema } from "@/lib/domain/node-change";
import { hostRuleSchema } from "@/server/config/host-rule";
import { aTarget } from "@/server/testing/a-target";
import { checkHost } from "./host-check";

const rules = (...texts: string[]) => texts.map((text) => hostRuleSchema.parse(text));
const away = { host: "citus-a.example", port: 5432 };
const target = (...allowed: string[]) =>
  aTarget({ coordinator: away, allowedNodeHosts: allowed.length > 0 ? rules(...allowed) : null });
const dns = (table: Record<string, string[]>) => async (host: string) => {
  const found = table[host];
  if (!found) throw new Error("ENOTFOUND");
  return found;
};
const may = async (host: string, on = target(), resolve = dns({})) =>
  (await checkHost(on, host, resolve)).note.tone !== "bad";

describe("T10: what may not join is refused before anybody connects to it", () => {
  test.each([
    "169.254.169.254",
    "fd00:ec2::254",
    "100.100.100.200",
    "fe80::1",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "255.255.255.255",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.5",
    "64:ff9b::7f00:1",
    "[::ffff:127.0.0.1]",
    "0x7f.1",
    "0x7f000001",
    "127.1",
    "2130706433",
    "0177.0.0.1",
    "a@b",
    "10.0.0.5@b",
    "h?sslmode=disable",
    "h#x",
    "h host=x",
    "h,other",
    "/var/run/postgresql",
    "@abstract",
    "%2fvar%2frun",
    "..",
    "a..b",
    "-",
    "",
  ])("%s, even where a list is generous", async (host) => {
    const generous = target("0.0.0.0/0", "::/0", ".example", "a", "h");
    expect(await may(host, generous, dns({ [host]: ["10.0.0.5"] }))).toBe(false);
    expect(await may(host)).toBe(false);
  });

  test("a name that leads to a forbidden place, to several, or elsewhere each time", async () => {
    const on = target(".example", "10.0.0.0/8");
    expect(await may("w.example", on, dns({ "w.example": ["10.0.0.5", "169.254.169.254"] }))).toBe(false);
    expect(await may("w.example", on, dns({ "w.example": ["127.0.0.1"] }))).toBe(false);
    expect(await may("w.other", on, dns({ "w.other": ["10.0.0.5", "192.0.2.9"] }))).toBe(false);
    let asked = 0;
    const rebinding = async () => [asked++ % 2 === 0 ? "10.0.0.5" : "10.0.0.6"];
    expect(await may("w.example", on, rebinding)).toBe(false);
  });

  test("this machine, unless the coordinator runs on it or the list names it", async () => {
    expect(await may("127.0.0.1")).toBe(false);
    expect(await may("::1")).toBe(false);
    expect(await may("127.0.0.1", target("0.0.0.0/0"))).toBe(true);
    expect(await may("127.0.0.1", target("localhost"))).toBe(true);
    expect(await may("127.0.0.1", aTarget())).toBe(true);
    expect(await may("169.254.169.254", aTarget())).toBe(false);
  });
});

test("without a list private networks may join and others may not", async () => {
  for (const ip of ["10.1.2.3", "172.16.0.1", "192.168.9.9", "fd12::1"]) expect(await may(ip)).toBe(true);
  for (const ip of ["192.0.2.1", "8.8.8.8", "172.32.0.1", "2001:db8::1"]) expect(await may(ip)).toBe(false);
  expect(await may("w.example", target(), dns({ "w.example": ["10.1.2.3"] }))).toBe(true);
});

test("T10: a coordinator on this machine opens this machine, and no public network", async () => {
  for (const ip of ["192.0.2.1", "8.8.8.8", "2001:db8::1"]) expect(await may(ip, aTarget())).toBe(false);
  expect(await may("w.example", aTarget(), dns({ "w.example": ["203.0.113.7"] }))).toBe(false);
  expect(await may("10.1.2.3", aTarget())).toBe(true);
});

test("the coordinator's own configured address needs no list", async () => {
  const on = aTarget({ coordinator: away, coordinators: [away] });
  expect(await may(away.host, on, dns({ [away.host]: ["192.0.2.7"] }))).toBe(true);
  expect(await may(away.host, on, dns({ [away.host]: ["169.254.169.254"] }))).toBe(false);
});

test("a list allows by network, by domain and by name, and nothing else", async () => {
  const on = target("10.1.0.0/16", "fd00:1::/32", ".citus.internal", "w9.example");
  expect(await may("10.1.255.1", on)).toBe(true);
  expect(await may("10.2.0.1", on)).toBe(false);
  expect(await may("fd00:1::9", on)).toBe(true);
  expect(await may("a.citus.internal", on, dns({ "a.citus.internal": ["192.0.2.7"] }))).toBe(true);
  expect(await may("W9.EXAMPLE", on, dns({ "W9.EXAMPLE": ["192.0.2.7"] }))).toBe(true);
  expect(await may("evilcitus.internal", on, dns({ "evilcitus.internal": ["192.0.2.7"] }))).toBe(false);
  expect(await may("w.elsewhere", on, dns({ "w.elsewhere": ["10.1.0.7"] }))).toBe(true);
});

test("a name that only the coordinator can look up has to be named in the configuration", async () => {
  expect(await may("worker1", target("10.0.0.0/8"))).toBe(false);
  expect((await checkHost(target("worker1"), "worker1", dns({}))).note).toMatchObject({ tone: "warn" });
  const mapped = aTarget({ coordinator: away, addresses: new Map([["worker1:5432", { host: "127.0.0.1", port: 1 }]]) });
  expect(await may("worker1", mapped)).toBe(true);
});

test("the addresses are shown, and a plan hangs on them", async () => {
  const { note, basis } = await checkHost(
    target(".example"),
    "w.example",
    dns({ "w.example": ["10.0.0.5", "10.0.0.6"] }),
  );
  expect(note.text).toBe("w.example is 10.0.0.5 and 10.0.0.6, and may join.");
  expect(basis).toEqual(["w.example is 10.0.0.5", "w.example is 10.0.0.6"]);
});

test("whatever passes the form and the check has no character that a connection string would read", async () => {
  const hostile = fc.string({ unit: fc.constantFrom(..."ab1.:-_/@?#%= '\\[]\u202e\n"), maxLength: 24 });
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const spelled = hostSchema.safeParse(text);
      if (!spelled.success || !(await may(spelled.data, target("0.0.0.0/0", "::/0"), async () => ["10.0.0.5"]))) return;
      expect(spelled.data).toMatch(/^[A-Za-z0-9._:-]+$/);
    }),
    { numRuns: 2_000 },
  );
});
