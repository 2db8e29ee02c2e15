export type Point = { x: number; y: number };

/**
 * An SVG path through the points. A null ends the line, and the next point begins another: what was not measured is not
 * drawn. With `floor` each piece is closed down to that height, for an area.
 */
export function linePath(points: readonly (Point | null)[], floor?: number): string {
  return pieces(points)
    .map((piece) => {
      const line = piece
        .map(({ x, y }, position) => `${position === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
        .join("");
      const [first, last] = [piece[0], piece.at(-1)];
      if (floor === undefined || !first || !last) return line;
      return `${line}L${last.x.toFixed(1)} ${floor}L${first.x.toFixed(1)} ${floor}Z`;
    })
    .join("");
}

function pieces(points: readonly (Point | null)[]): Point[][] {
  const found: Point[][] = [];
  let piece: Point[] = [];
  for (const point of points) {
    if (point) piece.push(point);
    else if (piece.length > 0) {
      found.push(piece);
      piece = [];
    }
  }
  if (piece.length > 0) found.push(piece);
  return found;
}
