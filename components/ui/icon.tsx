import clsx from "clsx";
import { ICON_PATHS, type IconName } from "./icon-paths";

type Props = { name: IconName; className?: string };

/** Always decoration: the word beside it carries the meaning. An icon that stands alone belongs in an IconButton. */
export function Icon({ name, className }: Props) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={clsx("block flex-none fill-none stroke-current stroke-[1.5]", className ?? "size-4", {
        "animate-turn": name === "running",
      })}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
