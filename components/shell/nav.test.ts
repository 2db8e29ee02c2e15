import { expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { SCREENS, screenAt } from "./nav";

const clusterId = clusterIdSchema.parse("orders-prod");

test("every screen has a letter of its own", () => {
  expect(new Set(SCREENS.map((screen) => screen.letter)).size).toBe(SCREENS.length);
});

test("an address below a screen belongs to that screen, and a longer name does not", () => {
  expect(screenAt("/clusters/orders-prod/nodes/7", clusterId)?.id).toBe("nodes");
  expect(screenAt("/clusters/orders-prod/nodesets", clusterId)).toBeUndefined();
});
