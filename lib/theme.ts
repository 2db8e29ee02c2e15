export const THEME_COOKIE = "shardboard-theme";

export type Theme = "light" | "dark";

/** Anything but a known theme is "not chosen": the system decides then. */
export function parseTheme(value: string | undefined): Theme | undefined {
  return value === "light" || value === "dark" ? value : undefined;
}
