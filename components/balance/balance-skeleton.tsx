import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** Sentence, two charts and the table as they will stand. */
export function BalanceSkeleton() {
  return (
    <>
      <Panel className="flex h-[92px] items-center gap-6 px-4">
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-5 w-96" />
      </Panel>
      <div className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
        <Panel className="h-[186px] p-3">
          <Skeleton className="h-full w-full" />
        </Panel>
        <Panel className="h-[186px] p-3">
          <Skeleton className="h-full w-full" />
        </Panel>
      </div>
      <Panel>
        <SkeletonRows rows={4} label="Reading how the data is spread" />
      </Panel>
    </>
  );
}
