import "server-only";
import { z } from "zod";
import { CAPABILITIES, type Health, isVersionSupported } from "@/lib/domain/health";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { identityOf } from "@/server/pg/coordinators";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/health";

const capabilitiesSchema = z.record(z.enum(CAPABILITIES), z.boolean());

/** Who answers at the coordinator's address. @throws AppError `not_citus`, `version_unsupported`, `not_a_coordinator` and every way not to connect */
export async function readHealth(target: Target): Promise<Health> {
  const [extension] = await run(target, statements.findExtension, undefined);
  if (!extension) throw new AppError("not_citus", `The database "${target.database}" has no extension citus.`);
  const supported = isVersionSupported(extension.extversion);
  if (!supported.allowed) throw new AppError("version_unsupported", supported.because);

  const [row] = await run(target, statements.probe, undefined);
  if (!row) throw new AppError("unexpected_row", "health.probe returned no row");
  if (row.is_coordinator === false)
    throw new AppError(
      "not_a_coordinator",
      `${target.coordinator.host}:${target.coordinator.port} is a worker of its cluster.`,
    );
  return {
    citusVersion: row.citus_version,
    extensionVersion: extension.extversion,
    postgresVersion: row.postgres_version,
    database: row.database,
    login: row.login,
    isSuperuser: row.is_superuser,
    inRecovery: row.in_recovery,
    isCoordinator: row.is_coordinator ?? true,
    serverStartedAt: row.server_started_at,
    ...identityOf(target),
    capabilities: capabilitiesSchema.parse(Object.fromEntries(CAPABILITIES.map((name) => [name, row[name]]))),
  };
}
