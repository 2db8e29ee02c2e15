import type { Page } from "@playwright/test";
import { cellColours } from "../../components/shards/cell-colours.ts";
import { heldMap, mapCells } from "../../components/shards/map-cells.ts";
import { cellRect, type Extent, fitGrid } from "../../components/shards/map-geometry.ts";
import { paletteOf } from "../../components/shards/palette.ts";
import { clusterPicture } from "../../lib/domain/cluster-picture.ts";
import { mapColumns } from "../../lib/domain/map-columns.ts";
import { nodesSchema } from "../../lib/domain/node.ts";
import { type Asker, askTopic, jsonIn, layoutIn, sizesDataIn } from "./transport.ts";

/** The middle of every block on the canvas, and the colour that it must have there. */
export type ExpectedMap = Extent & { xs: number[]; ys: number[]; words: number[] };

/** Worked out here, from what the console serves and from the page's own colours; what the page makes of them is compared with it. */
export async function expectedMap(asker: Asker, page: Page, room: Extent): Promise<ExpectedMap> {
  const [nodes, topology, sizes] = await Promise.all([
    askTopic(asker, "nodes").then((answer) => nodesSchema.parse(jsonIn(answer))),
    askTopic(asker, "topology").then(layoutIn),
    askTopic(asker, "sizes").then(sizesDataIn),
  ]);
  if (!topology) throw new Error("The console serves no layout.");
  const picture = clusterPicture(nodes.nodes, topology, sizes);
  const { held, bands, counts } = mapCells(heldMap(picture, mapColumns(picture)), []);
  const palette = await paletteIn(page);
  const grid = fitGrid(counts, room, 1);
  const expected: ExpectedMap = { ...room, xs: [], ys: [], words: [] };
  const coloursOn = cellColours(held, { colour: "bytes", heat: null, shown: null });
  bands.forEach(({ node }, band) => {
    coloursOn.get(node)?.forEach((colour, index) => {
      const { x, y, width, height } = cellRect(grid, { band, index });
      expected.xs.push(x + Math.floor(width / 2));
      expected.ys.push(y + Math.floor(height / 2));
      expected.words.push(palette.words[colour] ?? 0);
    });
  });
  return expected;
}

async function paletteIn(page: Page) {
  const tokens = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    const names = new Set<string>();
    for (const sheet of document.styleSheets)
      for (const [, name = ""] of [...sheet.cssRules]
        .map((rule) => rule.cssText)
        .join("")
        .matchAll(/(--[\w-]+):/g))
        names.add(name);
    return Object.fromEntries([...names].map((name) => [name, style.getPropertyValue(name)]));
  });
  return paletteOf((name) => tokens[name] ?? "");
}
