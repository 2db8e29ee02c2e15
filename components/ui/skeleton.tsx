import clsx from "clsx";
import { SrOnly } from "./sr-only";

/** A grey line where text will be. Appears after 150 ms only, so that quick answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={clsx("block animate-late rounded-1 bg-surface-3", className ?? "h-3 w-24")} />
  );
}

/** Rows of the height of the table that will come, so that nothing jumps when it does. */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status">
      <SrOnly>{label}</SrOnly>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className="flex h-[30px] items-center gap-6 border-line border-b px-3 last:border-b-0">
          <Skeleton className="h-3 w-32" />
          <Skeleton className="ml-auto h-3 w-12" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
