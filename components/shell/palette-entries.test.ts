import { expect, test } from "vitest";
import { matchingEntries, type PaletteEntry } from "./palette-entries";

const entry = (label: string, kind = "Table"): PaletteEntry => ({ id: label, label, kind, icon: "table", href: "#" });
const labels = (entries: PaletteEntry[]) => entries.map(({ label }) => label);

test("every word must be there, in any order", () => {
  const entries = [entry("public.orders"), entry("public.order_items"), entry("Shards", "Screen")];
  expect(labels(matchingEntries(entries, "items public"))).toEqual(["public.order_items"]);
});

test("what begins with the text comes before what only holds it", () => {
  expect(labels(matchingEntries([entry("public.nodes"), entry("Nodes", "Screen")], "nod"))).toEqual([
    "Nodes",
    "public.nodes",
  ]);
});

test("a long list is cut, so that typing stays quick on a cluster of many tables", () => {
  const many = Array.from({ length: 5000 }, (_, number) => entry(`public.t${number}`));
  expect(matchingEntries(many, "public").length).toBe(50);
});
