import "server-only";
import type { Permission } from "@/lib/domain/permission";

export type Actor = { name: string; permissions: ReadonlySet<Permission> | "all" };

/** Until sign-in exists whoever reaches the loopback port is the one local actor. The only place that decides this. */
export async function requireActor(): Promise<Actor> {
  return { name: "local", permissions: "all" };
}
