import { type Forecast, forecastOf, type Growth, growthOf } from "./growth";
import { endOf, type History } from "./history";
import type { NodeId } from "./node";

/** The means of one line of a series; undefined: nothing of it is on record. */
export function lineOf({ lines }: History, key: string): readonly (number | null)[] | undefined {
  return lines.find((line) => line.key === key)?.mean;
}

/** How fast one line of a series grows. */
export function growthIn(history: History, key: string): Growth {
  return growthOf(history.times, lineOf(history, key) ?? [], endOf(history));
}

/** When a node's disk is full if it goes on like that. `free` is the series `disk-free`. */
export function diskForecast(nodeId: NodeId, free: History): Forecast {
  return forecastOf(growthIn(free, String(nodeId)));
}
