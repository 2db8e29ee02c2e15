import { expect, test } from "vitest";
import { fleetAddresses } from "./fleet.ts";

const PORTS = [20_001, 20_002, 20_003];

test("a fleet is as large as asked, the workers counted that are there already, on loopback, no address twice", () => {
  const added = fleetAddresses(PORTS, 1_000);
  expect(added).toHaveLength(997);
  expect(new Set(added.map(({ host, port }) => `${host}:${port}`)).size).toBe(997);
  expect(added.every(({ host }) => /^127\.0\.\d{1,3}\.\d{1,3}$/.test(host) && host !== "127.0.0.1")).toBe(true);
});

test("no process is many more nodes than another", () => {
  const counts = PORTS.map((port) => fleetAddresses(PORTS, 300).filter((node) => node.port === port).length);
  expect(counts).toEqual([99, 99, 99]);
});

test("where fewer are asked for than there are workers, none is added", () => {
  expect(fleetAddresses(PORTS, 2)).toEqual([]);
});
