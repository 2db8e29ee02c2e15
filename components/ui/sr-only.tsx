import type { ComponentProps } from "react";

/** Text for the screen reader alone. */
export function SrOnly(props: ComponentProps<"span">) {
  return <span {...props} className="sr-only" />;
}
