type Box = { x: number; y: number; width: number; height: number };

export type MoveCurve = { path: string; head: string; start: [number, number] };

/** An arrow from one box to another, out of the side that faces it and into the side that faces back. */
export function moveCurve(from: Box, to: Box): MoveCurve {
  const way = to.y >= from.y ? 1 : -1;
  const x1 = from.x + from.width / 2;
  const y1 = way > 0 ? from.y + from.height : from.y;
  const x2 = to.x + to.width / 2;
  const y2 = way > 0 ? to.y : to.y + to.height;
  return {
    path: `M${x1} ${y1 + way}C${x1} ${y1 + 22 * way} ${x2} ${y2 - 22 * way} ${x2} ${y2 - 4 * way}`,
    head: `M${x2 - 4.5} ${y2 - 8.5 * way} ${x2} ${y2 - 1.5 * way} ${x2 + 5} ${y2 - 8 * way}`,
    start: [x1, y1 + way],
  };
}
