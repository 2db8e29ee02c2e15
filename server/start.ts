import "server-only";
import { announceFirstAdmin } from "./auth/first-admin";
import { listClusters } from "./clusters";
import { env } from "./env";
import { listenRefusal } from "./http/listen";
import { collectorFor, stopCollectors } from "./live/collector";
import { openStreams } from "./live/streams";
import { log } from "./log";
import { closePools } from "./pg/pools";
import { beginInstance, endInstance } from "./store/instance";

/** Begins to watch the health of every configured cluster, and sees to it that SIGTERM ends the process: open event streams would hold it. */
export function start(): void {
  const refusal = listenRefusal(env());
  if (refusal) throw new Error(refusal);
  for (const target of listClusters()) {
    collectorFor(target);
    log.info("watching", { clusterId: target.clusterId });
  }
  beginInstance().catch((cause: unknown) => log.error("this console does not count as alive", { cause }));
  announceFirstAdmin((text) => process.stdout.write(text)).catch((cause: unknown) =>
    log.error("the first admin's link could not be made", { cause }),
  );
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function stop(): void {
  for (const close of [...openStreams()]) close();
  stopCollectors();
  endInstance().catch((cause: unknown) => log.warn("could not end the heartbeat", { cause }));
  closePools().catch((cause: unknown) => log.warn("could not close connections", { cause }));
}
