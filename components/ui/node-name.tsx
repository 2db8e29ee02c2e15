import clsx from "clsx";
import { isHatched, nodeColour } from "./node-colour";

type Props = {
  /** The nodeid of pg_dist_node: it decides the colour. */
  nodeId: number;
  host: string;
  port: number;
  isCoordinator: boolean;
  /** The shortest name that tells it from the others (shortNames): ":55167" where all share one host. Without it: host and port. */
  short?: string | undefined;
  className?: string;
};

/** A node by its colour and address. The host is muted and the port strong: on one machine only the port differs. */
export function NodeName({ nodeId, host, port, isCoordinator, short, className }: Props) {
  return (
    <span className={clsx("inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap font-mono", className)}>
      <NodeMark nodeId={nodeId} isCoordinator={isCoordinator} />
      {short === undefined || short.startsWith(":") ? (
        // The host gives way first: where all share one it says nothing, and the port everything.
        <span className="flex min-w-0" title={short && `${host}:${port}`}>
          {!short && <span className="truncate text-text-3">{host}</span>}
          <span className="font-medium">
            <span className={short ? "font-normal" : "font-normal text-text-3"}>:</span>
            {port}
          </span>
        </span>
      ) : (
        <span className="truncate font-medium" title={`${host}:${port}`}>
          {short}
        </span>
      )}
    </span>
  );
}

/** The coloured square alone, for legends. */
export function NodeMark({ nodeId, isCoordinator }: { nodeId: number; isCoordinator: boolean }) {
  return (
    <i
      aria-hidden="true"
      data-ink=""
      className={clsx("size-2 flex-none rounded-[2px]", isHatched(nodeId, isCoordinator) && "hatch")}
      style={{ backgroundColor: nodeColour(nodeId, isCoordinator) }}
    />
  );
}
