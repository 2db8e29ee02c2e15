import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { repeatRight } from "@/lib/domain/repeat";
import { CHANGES } from "./registry";

test("asking for a change again needs the right that the change itself needs, and what is about a session or a run of then is never asked for again", () => {
  for (const { name, permission } of CHANGES) expect([null, permission]).toContain(repeatRight(name));
  const never = CHANGES.filter(({ name }) => repeatRight(name) === null).map(({ name }) => name);
  expect(never).toEqual([
    "activity.cancel",
    "activity.terminate",
    "rebalance.stop",
    "rebalance.pace",
    "rebalance.paceBack",
  ]);
});

const COMPONENTS = fileURLToPath(new URL("../../components", import.meta.url));

test("every right that a change needs is asked by a screen, so that its button can say why it is off", () => {
  const files = readdirSync(COMPONENTS, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!test)\.tsx$/.test(file),
  );
  const asked = files.flatMap((file) =>
    [...readFileSync(join(COMPONENTS, file), "utf8").matchAll(/useBecause\("([\w:]+)"/g)].map((match) => match[1]),
  );
  for (const { name, permission } of CHANGES) expect(asked, name).toContain(permission);
});
