import fc from "fast-check";
import { expect, test } from "vitest";
import { globalPid, originIn, partsOf } from "./global-pid";

test("a global pid keeps node and pid, also where a JavaScript number no longer could", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 1, max: 4_194_304 }), (nodeId, pid) => {
      expect(partsOf(globalPid(nodeId, pid))).toEqual({ nodeId, pid });
    }),
  );
  expect(globalPid(99_999_999, 12_128)).toBe("999999990000012128");
});

test("a connection that Citus opened names the session it works for", () => {
  expect(originIn("citus_internal gpid=10000027039")).toBe("10000027039");
  expect(originIn("citus_run_command gpid=10000029931")).toBe("10000029931");
  expect(originIn("citus_rebalancer gpid=20000000001")).toBe("20000000001");
  expect(originIn("api gpid=10000027039")).toBeNull();
  expect(originIn(null)).toBeNull();
});
