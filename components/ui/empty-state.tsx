import type { ReactNode } from "react";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";

/** The four reasons for nothing. They differ in what the reader can do, so a screen must know which one it is. */
type EmptyKind = "nothing-yet" | "no-match" | "switched-off" | "not-allowed";

const ICONS: Record<EmptyKind, IconName> = {
  "nothing-yet": "none",
  "no-match": "filter",
  "switched-off": "stop",
  "not-allowed": "lock",
};

type Props = {
  kind: EmptyKind;
  /** The fact: "No table matches \"ordr\"." For switched-off it names the setting, for not-allowed the right. */
  children: ReactNode;
  detail?: ReactNode;
  /** The one thing to do about it. */
  action?: ReactNode;
};

export function EmptyState({ kind, children, detail, action }: Props) {
  return (
    <div data-empty={kind} className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Icon name={ICONS[kind]} className="size-5 text-text-3" />
      <p className="font-medium">{children}</p>
      {detail !== undefined && <p className="max-w-md text-pretty text-12 text-text-2">{detail}</p>}
      {action !== undefined && <div className="mt-1">{action}</div>}
    </div>
  );
}
