import Link from "next/link";
import type { ClusterId } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";

type Props = { clusterId: ClusterId; runId: string; children?: string };

/** To the page of an operation; without other words, of the one that is in the way. */
export function OperationLink({ clusterId, runId, children = "Open that operation" }: Props) {
  return (
    <Link className="whitespace-nowrap underline underline-offset-2" href={routes.operation(clusterId, runId)}>
      {children}
    </Link>
  );
}
