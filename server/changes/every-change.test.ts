import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHANGES } from "./registry";

/** The files of the server that make a change, by the names they give. */
function namesInSource(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "testing" ? [] : namesInSource(path);
    if (!entry.name.endsWith(".ts") || /\.i?test\.ts$/.test(entry.name)) return [];
    const source = readFileSync(path, "utf8");
    const made = [...source.matchAll(/= (?:change|oneNodeChange)\(\{\s*name: "([a-z]+\.[a-zA-Z]+)"/g)];
    const typed = [...source.matchAll(/: Change<\w+> = change\(\{\s*name: "([a-z]+\.[a-zA-Z]+)"/g)];
    return [...new Set([...made, ...typed].map((match) => match[1] ?? ""))];
  });
}

test("every change is in the registry: a run of it can be looked after by a process that did not begin it", () => {
  const inSource = namesInSource(join(import.meta.dirname, ".."));
  expect(inSource.length).toBeGreaterThan(15);
  expect(CHANGES.map((one) => one.name).toSorted()).toEqual(inSource.toSorted());
});

test("no two changes have one name", () => {
  expect(new Set(CHANGES.map((one) => one.name)).size).toBe(CHANGES.length);
});

test("what goes on is said as it goes on: ada has been draining …", () => {
  for (const one of CHANGES) expect(one.doing(":55167")).toMatch(/^[a-z]+ing\b/);
});
