import { expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { ownState } from "@/server/testing/own-state";
import { CONFIRMATION_MS, confirmationFor, requireConfirmation, type Shown } from "./confirmation";

ownState();

const shown: Shown = {
  actor: { id: "local:ada", sessionId: "s1" },
  clusterId: clusterIdSchema.parse("a"),
  change: "node.drain",
  input: { clusterId: "a", nodeId: 12 },
  fingerprint: "f",
};
const NOW = 1_800_000_000_000;

test("T22: a confirmation holds for what was shown, to whom it was shown", async () => {
  await expect(requireConfirmation(await confirmationFor(shown, NOW), shown, NOW + 1_000)).resolves.toBeUndefined();
});

test.each<[string, Partial<Shown>]>([
  ["another cluster", { clusterId: clusterIdSchema.parse("b") }],
  ["other arguments", { input: { clusterId: "a", nodeId: 13 } }],
  ["another change", { change: "node.remove" }],
  ["another plan", { fingerprint: "g" }],
  ["another person", { actor: { id: "local:bob", sessionId: "s1" } }],
  ["another session of the same person", { actor: { id: "local:ada", sessionId: "s2" } }],
])("T22: it does not hold for %s", async (_name, other) => {
  const token = await confirmationFor(shown, NOW);
  await expect(requireConfirmation(token, { ...shown, ...other }, NOW)).rejects.toMatchObject({
    code: "confirmation_expired",
  });
});

test("it ends after two minutes of the server's own time, and is not good for longer by being dated later", async () => {
  const token = await confirmationFor(shown, NOW);
  await expect(requireConfirmation(token, shown, NOW + CONFIRMATION_MS)).resolves.toBeUndefined();
  for (const now of [NOW + CONFIRMATION_MS + 1, NOW - CONFIRMATION_MS - 1])
    await expect(requireConfirmation(token, shown, now)).rejects.toMatchObject({ code: "confirmation_expired" });
  const [, signature] = token.split(".");
  const later = `${(NOW + 60_000).toString(36)}.${signature}`;
  await expect(requireConfirmation(later, shown, NOW + CONFIRMATION_MS + 1)).rejects.toMatchObject({
    code: "confirmation_expired",
  });
});

test.each(["", ".", "x", "nonsense.nonsense", "\u0000.\ud800"])("nonsense %j is none", async (token) => {
  await expect(requireConfirmation(token, shown, NOW)).rejects.toMatchObject({ code: "confirmation_expired" });
});
