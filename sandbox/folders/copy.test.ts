import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyTree, revertTree } from "./copy";

let root: string;
const at = (...parts: string[]) => join(root, ...parts);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "copy-"));
  mkdirSync(at("original", "base", "deep"), { recursive: true });
  for (const name of ["base/one", "base/two", "base/deep/three"])
    writeFileSync(at("original", name), `rows of ${name}`);
  await copyTree(at("original"), at("copy"));
});
afterEach(() => rmSync(root, { recursive: true }));

function contents(dir: string): Record<string, string> {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [file.slice(dir.length), readFileSync(file, "utf8")]));
}

test("whatever was written, grown, added or deleted, the copy equals its original again", () => {
  writeFileSync(at("copy", "base/one"), "ROWS OF base/one"); // same size
  appendFileSync(at("copy", "base/two"), " and more");
  rmSync(at("copy", "base/deep"), { recursive: true });
  mkdirSync(at("copy", "new/folder"), { recursive: true });
  writeFileSync(at("copy", "new/folder/file"), "new");
  revertTree(at("original"), at("copy"));
  expect(contents(at("copy"))).toEqual(contents(at("original")));
  expect(readdirSync(at("copy"))).toEqual(["base"]);
});

test("a file that did not change is not copied again", () => {
  const before = statSync(at("copy", "base/one")).ctimeMs;
  writeFileSync(at("copy", "base/two"), "changed");
  revertTree(at("original"), at("copy"));
  revertTree(at("original"), at("copy"));
  expect(statSync(at("copy", "base/one")).ctimeMs).toBe(before);
  const after = statSync(at("copy", "base/two")).ctimeMs;
  revertTree(at("original"), at("copy"));
  expect(statSync(at("copy", "base/two")).ctimeMs).toBe(after);
});
