import clsx from "clsx";
import type { ReactNode } from "react";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";
import { TONE_ICON, TONE_TEXT, type Tone } from "./tone";

type Props = { tone: Tone; children: ReactNode; icon?: IconName; className?: string };

/** Icon, word, colour, in that order of importance: healthy, lagging, new. Its word stands on the line of the text beside it. */
export function StatusWord({ tone, children, icon, className }: Props) {
  return (
    <span
      className={clsx("inline-flex items-baseline gap-1 whitespace-nowrap font-medium", TONE_TEXT[tone], className)}
    >
      <Icon name={icon ?? TONE_ICON[tone]} className="size-3.5 self-center" />
      {children}
    </span>
  );
}
