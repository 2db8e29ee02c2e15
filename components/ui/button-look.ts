import clsx from "clsx";

export type ButtonVariant = "default" | "primary" | "danger" | "danger-solid" | "quiet";
export type ButtonSize = "md" | "sm";

const VARIANTS: Record<ButtonVariant, string> = {
  default: "border-line-control bg-surface-1 text-text-1 hover:bg-surface-2 active:bg-surface-3",
  primary: "border-accent bg-accent text-on-accent hover:opacity-90",
  danger: "border-bad bg-surface-1 text-bad hover:bg-bad-weak",
  "danger-solid": "border-bad-solid bg-bad-solid text-on-bad hover:opacity-90",
  quiet: "border-transparent bg-transparent text-text-2 hover:bg-surface-2 active:bg-surface-3",
};

const OFF = "border-line bg-surface-2 text-text-3";
const SIZES: Record<ButtonSize, string> = { md: "h-7 px-2.5", sm: "h-6 px-2" };

/** One look for buttons and for links that are drawn as buttons. */
export function buttonLook(options: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  off?: boolean;
  className?: string | undefined;
}): string {
  return clsx(
    "inline-flex flex-none select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border font-medium text-12 no-underline transition-colors",
    SIZES[options.size ?? "md"],
    options.off ? OFF : VARIANTS[options.variant ?? "default"],
    options.className,
  );
}
