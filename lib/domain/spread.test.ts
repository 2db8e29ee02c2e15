import { expect, test } from "vitest";
import { aPicture } from "@/lib/testing/layout";
import { loadsOf } from "./balance";
import { amountsOf, spreadOf } from "./spread";

test("where a node does not tell its sizes the spread is not known, and the others keep their bars", () => {
  const whole = aPicture();
  expect(spreadOf(whole, loadsOf(whole))?.sentence).toContain(":55165 ");

  const [silent] = whole.primaries.filter((node) => node.groupId > 0);
  const partial = aPicture({ silent: [silent?.groupId ?? -1] });
  const loads = loadsOf(partial);
  expect(spreadOf(partial, loads)).toBeNull();
  const unknown = amountsOf(partial, loads, "bytes").filter((amount) => amount.value === null);
  expect(unknown.map((amount) => amount.nodeId)).toEqual([silent?.id]);
  expect(amountsOf(partial, loads, "shards").every((amount) => amount.value !== null)).toBe(true);
});
