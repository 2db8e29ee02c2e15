import { expect, test } from "vitest";
import { parseAddresses } from "./clusters";

test("an address map names where each node is reached from here", () => {
  const map = parseAddresses("worker1:5432=127.0.0.1:15432, worker2:5432=127.0.0.1:15433");
  expect(map.get("worker2:5432")).toEqual({ host: "127.0.0.1", port: 15433 });
});

test("no map is an empty map, and a wrong entry is named", () => {
  expect(parseAddresses("").size).toBe(0);
  expect(() => parseAddresses("worker1:5432")).toThrow('"worker1:5432" is not "host:port=host:port"');
});
