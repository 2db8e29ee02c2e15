import { beforeAll, expect, test, vi } from "vitest";
import { parseAddressList } from "./address-list";
import { PEER_HEADER } from "./peer";

const configured = { TRUSTED_PROXIES: "10.0.0.7, 10.1.0.0/16, fd00::/8" };
vi.mock("@/server/env", () => ({ env: () => configured }));
let address: typeof import("./address");
beforeAll(async () => {
  vi.resetModules(); // test files share their modules, and another one may have loaded this with its own configuration
  address = await import("./address");
});

test.each([
  ["198.51.100.4", undefined, "198.51.100.4"],
  // Nobody but a configured proxy is believed.
  ["198.51.100.4", "203.0.113.9", "198.51.100.4"],
  ["10.0.0.7", "203.0.113.9", "203.0.113.9"],
  // The client's own claim stands to the left of what the proxy saw.
  ["10.0.0.7", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
  ["10.0.0.7", "203.0.113.9, 10.1.2.3", "203.0.113.9"],
  ["10.0.0.7", "1.2.3.4, 203.0.113.9, 10.1.2.3", "203.0.113.9"],
  ["fd00::1", "::ffff:203.0.113.9", "203.0.113.9"],
  ["10.0.0.7", "unknown, not an address", "10.0.0.7"],
  ["10.0.0.7", undefined, "10.0.0.7"],
  ["", "203.0.113.9", "unknown"],
])("a request over %s with X-Forwarded-For %s comes from %s", (peer, forwarded, from) => {
  const headers = new Headers({ [PEER_HEADER]: peer, ...(forwarded && { "x-forwarded-for": forwarded }) });
  expect(address.addressOfRequest(headers)).toBe(from);
});

test.each(["localhost", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.7/x", "fd00::/129"])(
  "%s is no list of addresses",
  (text) => {
    expect(parseAddressList(text)).toBeNull();
  },
);
