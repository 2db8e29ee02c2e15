import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

type PanelProps = ComponentProps<"section"> & { label?: string };

/** A surface with one line around it. Give it a `label`, or a PanelHead inside PanelWithHead. */
export function Panel({ label, className, ...rest }: PanelProps) {
  return (
    <section
      data-panel=""
      {...(label !== undefined && { "aria-label": label })}
      {...rest}
      className={clsx("min-w-0 rounded-3 border border-line bg-surface-1", className)}
    />
  );
}

type HeadProps = { title: ReactNode; note?: ReactNode; children?: ReactNode; id?: string; className?: string };

/** The 36 px head of a panel: title, one quiet note, and what stands at its right end. */
export function PanelHead({ title, note, children, id, className }: HeadProps) {
  return (
    <div
      className={clsx("flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1", className)}
    >
      <h2 id={id} className="whitespace-nowrap text-13 leading-5">
        {title}
      </h2>
      {note !== undefined && <span className="text-12 text-text-3">{note}</span>}
      {children !== undefined && <div className="ml-auto flex items-center gap-2">{children}</div>}
    </div>
  );
}

type TitledProps = { title: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string };

/** A panel named by its own head: the usual case. */
export function TitledPanel({ title, note, actions, children, className }: TitledProps) {
  const id = useId();
  return (
    <Panel aria-labelledby={id} {...(className !== undefined && { className })}>
      <PanelHead id={id} title={title} note={note}>
        {actions}
      </PanelHead>
      {children}
    </Panel>
  );
}
