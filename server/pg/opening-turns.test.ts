import { expect, test } from "vitest";
import { aTarget } from "@/server/testing/a-target";
import { openingTurn } from "./opening-turns";

const MORE = 60;
const target = aTarget();
const node = (number: number) => ({ host: `node${number}.test`, port: 5432 });
/** Everything that can happen without anybody giving a turn back has happened then. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("of many connections that are wanted some wait, and each one that is open lets the next one begin, until all were", async () => {
  const begun: (() => void)[] = [];
  for (let number = 0; number < MORE; number += 1)
    void openingTurn(target, node(number)).then((end) => begun.push(end));
  await settled();
  const atOnce = begun.length;
  expect(atOnce).toBeGreaterThan(0);
  expect(atOnce).toBeLessThan(MORE);
  for (let ended = 0; ended < MORE; ended += 1) {
    expect(begun.length).toBe(Math.min(MORE, atOnce + ended));
    begun[ended]?.();
    begun[ended]?.(); // said twice: gives nobody a second turn
    await settled();
  }
  expect(begun.length).toBe(MORE);
});
