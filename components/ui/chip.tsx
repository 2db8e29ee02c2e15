import clsx from "clsx";
import type { ReactNode } from "react";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";
import { TONE_CHIP, type Tone } from "./tone";

type Props = {
  tone?: Tone;
  icon?: IconName;
  mono?: boolean;
  children: ReactNode;
  className?: string;
  onRemove?: () => void;
  removeLabel?: string;
};

/** A small fact beside a name: a mode, a phase, a filter. With `onRemove` it carries a button that takes it away. */
export function Chip({ tone = "muted", icon, mono = false, children, className, onRemove, removeLabel }: Props) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-1 px-1.5 font-medium text-11",
        TONE_CHIP[tone],
        mono && "font-mono",
        className,
      )}
    >
      {icon && <Icon name={icon} className="size-3" />}
      {children}
      {onRemove && (
        <button
          type="button"
          onClick={onRemove}
          aria-label={removeLabel ?? "Remove"}
          className="-mr-1.5 grid size-6 place-items-center"
        >
          <Icon name="close" className="size-2.5" />
        </button>
      )}
    </span>
  );
}
