import type { ScreenId } from "./nav";

/** What stands beside an entry of the rail. `spoken` says it in full: "2 sessions wait". */
export type RailNumber = { text: string; spoken?: string; tone?: "warn" | "bad" | "running" };

export type RailNumbers = Partial<Record<ScreenId, RailNumber>>;
