import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import { isAppError } from "@/lib/errors";
import { routes } from "@/lib/routes";
import { findCluster, type Target } from "@/server/clusters";
import { isOwnHost } from "@/server/http/guard";
import { type Actor, roleOn } from "./actor";
import { sessionCookieName, sessionTokenIn } from "./cookie";
import { NO_SESSION, requireActor } from "./require-actor";

type Asked = Record<string, string | string[] | undefined>;
type ClusterPage = { params: Promise<{ clusterId: string }>; searchParams: Promise<Asked> };

/** Who looks at this page. Somebody who is not signed in goes to sign in and comes back to `address`; under a foreign host name there is nothing. */
export async function pageActor(address: string, searchParams: Promise<Asked>): Promise<Actor> {
  const actor = await lookingActor();
  return actor ?? redirect(routes.signIn(address + queryOf(await searchParams)));
}

/** The same for a page of a cluster. Without a role on it there is no such cluster. Each page asks: a layout is not drawn again when a page is. */
export async function clusterPage(
  { params, searchParams }: ClusterPage,
  address: (clusterId: ClusterId) => string,
): Promise<{ actor: Actor; target: Target; role: Role; clusterId: ClusterId }> {
  const parsed = clusterIdSchema.safeParse((await params).clusterId);
  if (!parsed.success) notFound();
  const actor = await pageActor(address(parsed.data), searchParams);
  const found = clusterFor(actor, parsed.data);
  return found ? { actor, clusterId: parsed.data, ...found } : notFound();
}

/** The cluster of that name, where the actor has a role on it. */
export function clusterFor(actor: Actor, clusterId: ClusterId): { target: Target; role: Role } | null {
  const target = findCluster(clusterId);
  const role = target ? roleOn(actor, target.clusterId) : null;
  return target && role !== null ? { target, role } : null;
}

/** Why the session that this browser had is over; null: it had none, or still has one. */
export async function whyOver(): Promise<string | null> {
  try {
    await requireActor(await headers(), false);
    return null;
  } catch (cause) {
    if (!isAppError(cause) || cause.code !== "not_signed_in") throw cause;
    return cause.message === NO_SESSION ? null : cause.message;
  }
}

/** For layouts, which decide nothing: their pages do. null: not signed in. */
export async function lookingActor(): Promise<Actor | null> {
  const asked = await headersNow();
  if (!isOwnHost(asked)) notFound();
  try {
    return await requireActor(asked);
  } catch (cause) {
    if (isAppError(cause) && cause.code === "not_signed_in") return null;
    throw cause;
  }
}

/**
 * What was asked with, and the session's cookie as it is by now: where an action renews it, Next draws the page in the answer to that
 * action, and by the cookie that came with it nobody would be signed in any more.
 */
async function headersNow(): Promise<Headers> {
  const asked = new Headers(await headers());
  const now = (await cookies()).get(sessionCookieName())?.value;
  if (now !== undefined && now !== sessionTokenIn(asked)) asked.set("cookie", `${sessionCookieName()}=${now}`);
  return asked;
}

function queryOf(asked: Asked): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked))
    for (const one of [value].flat()) if (one !== undefined) query.append(name, one);
  return query.size > 0 ? `?${query}` : "";
}
