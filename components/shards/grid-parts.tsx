// biome-ignore-all lint/a11y/useSemanticElements: blocks wrap into lines inside a cell, which the cells of a table cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: the blocks, and the buttons in the heads, take the focus
import clsx from "clsx";
import type { ComponentProps } from "react";

type Props = ComponentProps<"div">;

/** A grid for the ear and the keys; for the eye a CSS grid whose lines share its tracks. */
export function Grid(props: Props) {
  return <div role="grid" tabIndex={-1} {...props} />;
}

export function GridLine(props: Props) {
  return <div role="row" {...props} className="col-span-full grid grid-cols-subgrid" />;
}

export function GridColumnHead({ className, ...rest }: Props) {
  return (
    <div role="columnheader" {...rest} className={clsx("min-w-0 border-line border-r last:border-r-0", className)} />
  );
}

export function GridRowHead(props: Props) {
  return <div role="rowheader" {...props} className="border-line border-t border-r" />;
}
