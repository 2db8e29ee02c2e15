"use client";
import clsx from "clsx";
import { Button, type ButtonProps } from "./button";
import type { IconName } from "./icon-paths";
import { Tooltip } from "./tooltip";

type Props = Omit<ButtonProps, "children" | "icon" | "aria-label"> & { icon: IconName; label: string };

/** A button of one icon. The label is its name and its tooltip. */
export function IconButton({ label, className, variant = "quiet", size = "md", because, ...rest }: Props) {
  const button = (
    <Button
      {...rest}
      aria-label={label}
      variant={variant}
      size={size}
      because={because}
      className={clsx(size === "sm" ? "w-6" : "w-7", "px-0!", className)}
    />
  );
  // With a reason the button brings its own tooltip: two would fight.
  return because === undefined ? <Tooltip text={label}>{button}</Tooltip> : button;
}
