/** One line of the soak's table. */
export type SoakRow = {
  /** The fault's id, as in docs/reliability.md. */
  id: string;
  what: string;
  count: number;
  failures: number;
  seconds: number;
  remarks?: string;
};

/** A count for a run that is to be shorter: at least one. */
export const scaled = (count: number, scale: number) => Math.max(1, Math.round(count * scale));
