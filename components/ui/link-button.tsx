import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonLook } from "./button-look";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";

type Props = Omit<ComponentProps<typeof Link>, "className"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Stands after the words: it says where the link leads. */
  icon?: IconName;
  className?: string;
};

/** A link that looks like a button, for going somewhere. A deed is a Button. */
export function LinkButton({ variant = "default", size = "md", icon, className, children, ...rest }: Props) {
  return (
    <Link {...rest} className={buttonLook({ variant, size, className })}>
      {children}
      {icon && <Icon name={icon} className="size-3.5" />}
    </Link>
  );
}
