import Link from "next/link";
import type { ClusterId } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";

type Props = { clusterId: ClusterId; runId: string };

/** To the page of the operation that is in the way. */
export function OperationLink({ clusterId, runId }: Props) {
  return (
    <Link className="whitespace-nowrap underline underline-offset-2" href={routes.operation(clusterId, runId)}>
      Open that operation
    </Link>
  );
}
