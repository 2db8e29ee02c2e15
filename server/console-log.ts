import "server-only";
import { log } from "./log";
import { scrubText } from "./log-scrub";

const LEVELS = { debug: "info", log: "info", info: "info", warn: "warn", error: "error" } as const;

/**
 * What the framework and libraries print becomes lines of the log. Left alone they would print whole errors, with the values
 * that PostgreSQL quotes in them.
 */
export function takeOverConsole(): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...said: unknown[]) => {
      const text = said.filter((part) => typeof part === "string").join(" ");
      const cause = said.find((part) => part instanceof Error);
      log[level]("printed", { ...(text && { text: scrubText(text) }), ...(cause !== undefined && { cause }) });
    };
  }
}
