import type { FigureWords, Measured } from "../figures.ts";
import type { Cluster } from "./cluster.ts";

export type Bench = {
  cluster: Cluster;
  /** How often what is compared is run: five, or two where somebody only wants to see that it runs. */
  runs: number;
  /** Seconds for what lasts, in place of so many. */
  seconds: (usual: number) => number;
  say: (text: string) => void;
};

/** One row of the table: a file in bench/rows. */
export type BenchRow = {
  id: string;
  figures: readonly FigureWords[];
  run: (bench: Bench) => Promise<Measured[]>;
};
