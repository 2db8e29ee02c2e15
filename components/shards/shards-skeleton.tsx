import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { SrOnly } from "@/components/ui/sr-only";

const ROWS = [2, 9, 8, 10] as const;

/** Toolbar, map and table as they will stand. */
export function ShardsSkeleton() {
  return (
    <div className="-mx-5 -mt-3.5 -mb-5 flex flex-1 flex-col max-md:-mx-3">
      <SrOnly role="status">Reading where the shards are</SrOnly>
      <div className="flex h-12 items-center gap-4 border-line border-b px-5">
        <Skeleton className="h-7 w-80" />
        <Skeleton className="h-6 w-40" />
      </div>
      <div className="bg-surface-1">
        {ROWS.map((blocks) => (
          <div key={blocks} className="flex h-[79px] items-center gap-[3px] border-line border-b pl-5">
            <Skeleton className="mr-6 h-3 w-16" />
            {Array.from({ length: blocks }, (_, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are all the same and never move
              <Skeleton key={position} className="h-[60px] w-9" />
            ))}
          </div>
        ))}
      </div>
      <div className="h-[38px] border-line border-b" />
      <div className="flex-1 bg-surface-1">
        <SkeletonRows rows={8} label="Reading the shards" />
      </div>
    </div>
  );
}
