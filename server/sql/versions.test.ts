import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Catalog = {
  citus_version: string;
  functions: { name: string; arguments: string }[];
  relations: Record<string, unknown>;
};

const catalogOf = (folder: string): Catalog =>
  JSON.parse(readFileSync(here(`../../sandbox/recordings/${folder}catalog.json`), "utf8"));

/** Asked for only where a capability says that it is there, so a version may lack them. */
const GATED = new Set(["citus_add_clone_node", "citus_promote_clone_and_rebalance", "citus_remove_clone_node"]);

/** Every Citus relation and function that a statement names. PostgreSQL's own names do not look like these. */
function namesInStatements(): string[] {
  const files = readdirSync(here(".")).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const text = files.map((name) => readFileSync(here(`./${name}`), "utf8")).join("\n");
  const found = text.matchAll(
    /pg_catalog\.((?:citus|pg_dist|get_rebalance|get_shard|run_command|master|create_(?:distributed|reference)|undistribute|truncate_local|shard_name|column_to)\w*)/g,
  );
  return [...new Set([...found].map((match) => match[1] ?? ""))].filter((name) => !GATED.has(name)).sort();
}

test.each(["12.1/", "", "14.0/"])("what the statements name exists in the recorded catalog %s", (folder) => {
  const catalog = catalogOf(folder);
  const known = new Set([...Object.keys(catalog.relations), ...catalog.functions.map((one) => one.name)]);
  const names = namesInStatements();
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});
