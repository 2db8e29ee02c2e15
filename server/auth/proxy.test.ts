import { expect, test } from "vitest";
import { Secret } from "@/server/config/secret";
import { parseAddressList } from "@/server/http/address-list";
import { PEER_HEADER } from "@/server/http/peer";
import { type ProxySettings, proxiedPerson } from "./proxy";

const peers = parseAddressList("10.0.0.7, fd00::7");
if (!peers) throw new Error("not a list");
const settings: ProxySettings = {
  header: "x-remote-user",
  groupsHeader: "x-remote-groups",
  secretHeader: "x-proxy-secret",
  secret: new Secret("between the proxy and the console"),
  peers,
  countsAsProof: false,
  roles: { otherwise: null, rules: [{ value: "dba", role: "admin", clusters: ["*"] }] },
};
const proven = {
  [PEER_HEADER]: "10.0.0.7",
  "x-proxy-secret": "between the proxy and the console",
  "x-remote-user": "ada",
  "x-remote-groups": "dev, dba",
};
const named = (over: Record<string, string>) => proxiedPerson(settings, new Headers({ ...proven, ...over }));

test("the proxy itself names a person and their groups", () => {
  expect(named({})).toEqual({ subject: "ada", roles: new Map([["*", "admin"]]) });
  expect(named({ [PEER_HEADER]: "fd00::7" })?.subject).toBe("ada");
});

test.each([
  ["another address", { [PEER_HEADER]: "10.0.0.8" }],
  ["the proxy's address written as IPv6", { [PEER_HEADER]: "::10.0.0.7" }],
  ["no address", { [PEER_HEADER]: "" }],
  ["X-Forwarded-For instead of the connection", { [PEER_HEADER]: "10.0.0.9", "x-forwarded-for": "10.0.0.7" }],
  ["no secret", { "x-proxy-secret": "" }],
  ["another secret of the same length", { "x-proxy-secret": "Between the proxy and the console" }],
  ["the beginning of the secret", { "x-proxy-secret": "between" }],
  ["no name", { "x-remote-user": "" }],
  ["two headers", { "x-remote-user": "ada, root" }],
  ["a name with a line break made of an escape", { "x-remote-user": "ada%0Aroot admin" }],
  ["a name over 100 characters", { "x-remote-user": "a".repeat(101) }],
])("T12: %s names nobody", (_what, over) => {
  expect(named(over)).toBeNull();
});

test("T12: a header under a similar name counts for nothing", () => {
  const { "x-remote-user": name, ...rest } = proven;
  for (const similar of ["x_remote_user", "x-remote-user-", "remote-user"])
    expect(proxiedPerson(settings, new Headers({ ...rest, [similar]: name }))).toBeNull();
});

test("T12: a header sent twice names nobody", () => {
  const headers = new Headers(proven);
  headers.append("X-Remote-User", "root");
  expect(proxiedPerson(settings, headers)).toBeNull();
});

test("without a secret in the configuration nobody is named", () => {
  expect(
    proxiedPerson({ ...settings, secret: new Secret("") }, new Headers({ ...proven, "x-proxy-secret": "" })),
  ).toBeNull();
});
