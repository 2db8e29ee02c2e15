import type { IconName } from "./icon-paths";

export type Tone = "ok" | "warn" | "bad" | "info" | "muted" | "running";

export const TONE_TEXT: Record<Tone, string> = {
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-info",
  muted: "text-text-3",
  running: "text-accent",
};

export const TONE_CHIP: Record<Tone, string> = {
  ok: "bg-ok-weak text-ok",
  warn: "bg-warn-weak text-warn",
  bad: "bg-bad-weak text-bad",
  info: "bg-info-weak text-info",
  muted: "bg-surface-2 text-text-2",
  running: "bg-accent-weak text-accent",
};

/** Status is an icon and a word; colour only repeats it. */
export const TONE_ICON: Record<Tone, IconName> = {
  ok: "ok",
  warn: "warn",
  bad: "bad",
  info: "info",
  muted: "none",
  running: "running",
};
