import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { metered, noteWork } from "./work-meter";

const server = (port: number) => ({ host: "db", port });

test("what counts is the busiest server, each with its own statements, and every reading for itself", async () => {
  const told: Record<string, number> = {};
  const reading = (name: string, factor: number) =>
    metered(
      async () => {
        noteWork(server(1), 5 * factor);
        await sleep(1);
        await Promise.all([1, 2].map(async () => noteWork(server(2), 4 * factor)));
      },
      (ms) => {
        told[name] = ms;
      },
    );
  await Promise.all([reading("one", 1), reading("ten", 10)]);
  expect(told).toEqual({ one: 8, ten: 80 });
});

test("a reading that fails has cost what it has cost, and outside of one nothing is counted", async () => {
  const ended = vi.fn();
  noteWork(server(1), 100);
  const failing = metered(async () => {
    noteWork(server(1), 3);
    throw new Error("late");
  }, ended);
  await expect(failing).rejects.toThrow("late");
  expect(ended).toHaveBeenCalledExactlyOnceWith(3);
});
