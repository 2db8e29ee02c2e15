import "server-only";
import { isAppError } from "@/lib/errors";
import { tellAuditOnStdout } from "./audit/stdout";
import { watchAudit } from "./audit/watch";
import { announceFirstAdmin } from "./auth/first-admin";
import { listClusters } from "./clusters";
import { env } from "./env";
import { tendRunsAfterReads } from "./flights/tend";
import { strongReaderRefusal } from "./grants/refuse-strong-readers";
import { followIdentity } from "./health/identity";
import { installDoor } from "./http/door";
import { listenRefusal } from "./http/listen";
import { collectorFor } from "./live/collector";
import { log } from "./log";
import { startMetrics } from "./metrics/metrics";
import { beginReconciling } from "./runs/reconcile";
import { beginInstance } from "./store/instance";
import { listenForMachines } from "./telemetry/own-port";
import { startWatchdog } from "./telemetry/watchdog";

/** Begins to watch the health of every configured cluster and the process itself, and opens the port for machines if there is one. */
export function start(isDevelopment = false): void {
  const refusal = listenRefusal(env());
  if (refusal) throw new Error(refusal);
  installDoor(isDevelopment);
  startWatchdog();
  listenForMachines();
  startMetrics();
  tendRunsAfterReads();
  for (const target of listClusters()) {
    collectorFor(target);
    followIdentity(target).catch((cause: unknown) => log.warn("which database it was is not known", { cause }));
    log.info("watching", { clusterId: target.clusterId });
  }
  strongReaderRefusal(listClusters()).then(endWithRefusal, (cause: unknown) =>
    log.error("the read logins were not looked at", { cause }),
  );
  beginInstance()
    .then(beginReconciling)
    .catch((cause: unknown) => {
      log.error("this console does not count as alive", { cause });
      // Each of the two would take the other's operations for left behind.
      if (isAppError(cause) && cause.code === "conflict") endWithRefusal(cause.message);
    });
  watchAudit().catch((cause: unknown) => log.error("the audit is not watched", { cause }));
  tellAuditOnStdout();
  announceFirstAdmin((text) => process.stdout.write(text)).catch((cause: unknown) =>
    log.error("the first admin's link could not be made", { cause }),
  );
}

/** A console that reads as a superuser does not run: whatever reads could then also destroy. */
function endWithRefusal(refusal: string | null): void {
  if (refusal === null) return;
  process.stderr.write(`${refusal}\n`);
  process.exit(78);
}
