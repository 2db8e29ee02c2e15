import "server-only";
import { type MissingGrant, missingGrantSql, missingGrantWords } from "@/lib/domain/grants";
import { isAppError } from "@/lib/errors";
import { listClusters, type Target } from "@/server/clusters";
import { type ClusterLook, type LoginLook, lookAtGrants } from "@/server/grants/look";
import { closePools } from "@/server/pg/pools";

export const HELP = `shardboard check
    Signs in to every configured cluster with every login, on the coordinator and on the workers; says what each login lacks,
    and prints the SQL that gives it. Ends with 0: nothing is missing; 1: something is; 2: a cluster or the configuration cannot be read.
`;

/** `shardboard check`. */
export async function run(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write(HELP);
    return 2;
  }
  try {
    const clusters = listClusters();
    if (clusters.length === 0) throw new Error("No cluster is configured: set CITUS_URL, or write a shardboard.yaml.");
    const codes: number[] = [];
    for (const target of clusters) codes.push(await check(target));
    return Math.max(...codes);
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 2;
  } finally {
    await closePools();
  }
}

async function check(target: Target): Promise<number> {
  try {
    const look = await lookAtGrants(target);
    process.stdout.write(reportOf(target, look));
    if (look.logins.some((one) => one.failure !== null)) return 2;
    return look.logins.some((one) => one.missing.length > 0) ? 1 : 0;
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    process.stdout.write(`${headOf(target)}\n  not reached with the read login: ${cause.message}\n\n`);
    return 2;
  }
}

const headOf = ({ name, clusterId, coordinators }: Target) =>
  `${name} (${clusterId}), ${coordinators.map(({ host, port }) => `${host}:${port}`).join(", ")}`;

/** The whole answer for one cluster: a line per login and node, remarks, and the SQL at the end. */
export function reportOf(target: Target, { logins, remarks }: ClusterLook): string {
  const lines = logins.flatMap((one) => [
    lineOf(one),
    ...one.missing.map((each) => `           ${missingGrantWords(each)}`),
  ]);
  const absent =
    target.logins.admin === null
      ? ["  admin    not configured: what Citus allows to superusers only is not offered"]
      : [];
  const sharing = sharedNotes(target).map((note) => `  note     ${note}`);
  const repair = repairsOf(logins);
  return [
    headOf(target),
    ...lines,
    ...absent,
    ...sharing,
    ...remarks.map((remark) => `  note     ${remark}`),
    ...(repair.length > 0 ? ["", "  A superuser gives what is missing with:", ...repair] : ["  nothing is missing"]),
    "",
    "",
  ].join("\n");
}

function lineOf({ login, user, node, failure, versions, tls, isSuperuser, missing }: LoginLook): string {
  const who = `  ${login.padEnd(8)} ${user} at ${node}`;
  if (failure !== null) return `${who}: ${failure}`;
  const state = missing.length === 0 ? "ok" : `lacks ${missing.length}`;
  return `${who}: ${state}; ${versions}; ${tls ?? "no TLS"}${isSuperuser ? "; superuser" : ""}`;
}

function sharedNotes({ logins: { read, ops, admin } }: Target): string[] {
  return [
    ...(read.user === ops.user ? [`${read.user} reads and changes: sql/roles.sql makes a login for each`] : []),
    ...(admin !== null && admin.user === ops.user ? [`${ops.user} is the operations and the admin login`] : []),
  ];
}

/** By node, because a GRANT on a worker is given on that worker. */
function repairsOf(logins: readonly LoginLook[]): string[] {
  const onCoordinator = new Set(
    logins
      .filter((one) => one.isCoordinator)
      .flatMap(({ missing, user }) => missing.map((each) => missingGrantSql(each, user))),
  );
  // Citus passes a schema's GRANT on to the workers, and lets nobody give it there.
  const isPassedOn = (one: LoginLook, each: MissingGrant) =>
    !one.isCoordinator && each.kind === "schema" && onCoordinator.has(missingGrantSql(each, one.user));
  const toGive = logins.map((one) => ({ ...one, missing: one.missing.filter((each) => !isPassedOn(one, each)) }));
  const nodes = [...new Set(toGive.filter((one) => one.missing.length > 0).map((one) => one.node))];
  return nodes.flatMap((node) => [
    `    -- on ${node}`,
    ...new Set(
      toGive
        .filter((one) => one.node === node)
        .flatMap(({ missing, user }) => missing.map((each) => `    ${missingGrantSql(each, user)}`)),
    ),
  ]);
}
