"use client";
import { type ComponentProps, type MouseEvent, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonLook } from "./button-look";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";
import { SrOnly } from "./sr-only";
import { Tooltip } from "./tooltip";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconName;
  /** Why the button is off. Setting it switches the button off. */
  because?: string | undefined;
  /** The deed is under way: the button stays where it is and takes no second click. */
  busy?: boolean;
};

/**
 * A button that is off says why, so it is never `disabled`: that would take it out of the tab order, and
 * somebody without a pointer would never learn the reason.
 */
export function Button({
  variant,
  size,
  icon,
  because,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const off = because !== undefined;
  function click(event: MouseEvent<HTMLButtonElement>) {
    if (off || busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <>
      <Tooltip text={because}>
        <button
          type="button"
          {...rest}
          {...(off || busy ? { "aria-disabled": true } : {})}
          {...(off ? { "aria-describedby": reasonId } : {})}
          aria-busy={busy || undefined}
          onClick={click}
          className={buttonLook({ ...(variant && { variant }), ...(size && { size }), off, className })}
        >
          {busy ? <Icon name="running" className="size-3.5" /> : icon && <Icon name={icon} className="size-3.5" />}
          {children}
        </button>
      </Tooltip>
      {off && <SrOnly id={reasonId}>{because}</SrOnly>}
    </>
  );
}
