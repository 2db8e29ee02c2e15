import { z } from "zod";
import { ALLOWED, refused, type Verdict } from "./cluster";

/** What a version may lack, by the name under which screens ask for it. Probed by to_regprocedure and columns, never by version number. */
export const CAPABILITIES = [
  "rebalanceStart",
  "parallelRebalance",
  "jobStatus",
  "jobList",
  "runOnAllNodes",
  "statActivity",
  "lockWaits",
  "globalCancel",
  "checkConnection",
  "diskStats",
  "addClone",
  "nodesInvolved",
  "distributeConcurrently",
  "schemaSharding",
  "cleanup",
] as const;

/** The topic `health`: who answers at the coordinator's address, and what that version can do. */
export const healthSchema = z.object({
  /** citus_version(): "Citus 13.2.2 on x86_64…"; the part behind " on " is the platform. */
  citusVersion: z.string(),
  /** The extension's schema version, for example "13.2-1". */
  extensionVersion: z.string(),
  postgresVersion: z.string(),
  database: z.string(),
  login: z.string(),
  isSuperuser: z.boolean(),
  inRecovery: z.boolean(),
  isCoordinator: z.boolean(),
  serverStartedAt: z.number(),
  /** host:port of the coordinator that answered, of those that are configured. */
  answering: z.string(),
  /** The system identifier and timeline it has: the same database keeps the first and goes forward on the second. null: not known. */
  systemId: z.string().nullable(),
  timeline: z.number().nullable(),
  /** host:port of every coordinator that says it is the primary; more than one: nothing may be changed. */
  primaries: z.array(z.string()),
  capabilities: z.record(z.enum(CAPABILITIES), z.boolean()),
});
export type Health = z.infer<typeof healthSchema>;

/** The oldest extension schema the console works with: background jobs came with it. */
const OLDEST: readonly [number, number] = [11, 1];

/** "13.2-1" → [13, 2]; null when it does not read like a version. */
export function parseExtensionVersion(version: string): [number, number] | null {
  const match = /^(\d+)\.(\d+)/.exec(version);
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** Whether the console works with this version at all. What single functions lack is said by `capabilities`. */
export function isVersionSupported(extensionVersion: string): Verdict {
  const version = parseExtensionVersion(extensionVersion);
  if (!version) return refused(`The extension's version "${extensionVersion}" is not one the console can read.`);
  const [major, minor] = version;
  const isOldEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isOldEnough
    ? ALLOWED
    : refused(`Citus ${major}.${minor} has no background jobs. The console needs Citus 11.1 or newer.`);
}

/** "Citus 13.2.2, PostgreSQL 15.20": what people call the version. */
export function versionLine(health: Pick<Health, "citusVersion" | "postgresVersion">): string {
  const citus = /^Citus \S+/.exec(health.citusVersion)?.[0] ?? health.citusVersion;
  const standIn = health.citusVersion.includes("stand-in") ? " (stand-in)" : "";
  return `${citus}${standIn}, PG ${/^\S+/.exec(health.postgresVersion)?.[0] ?? health.postgresVersion}`;
}
