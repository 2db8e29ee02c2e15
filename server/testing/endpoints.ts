import "server-only";
import { gunzipSync } from "node:zlib";
import { vi } from "vitest";
import type { z } from "zod";
import type { ActionResult } from "@/lib/action-result";
import { decodeColumns, isColumnTopic } from "@/lib/domain/layout-codec";
import { topicNameSchema } from "@/lib/domain/live";
import type { Permission } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import type { Target } from "@/server/clusters";

/** A server action with the shape of its input. `made` is the wrapper that made it; `permission`: what its definition names. */
export type Action = {
  name: string;
  made: string;
  permission?: Permission | undefined;
  input: z.ZodType;
  call: (actor: Actor | null, raw: unknown) => Promise<ActionResult<unknown>>;
};

/** A GET handler. `params` are those of its address, by name. */
export type Handler = {
  path: string;
  params: readonly string[];
  get: (
    actor: Actor | null,
    params: Record<string, string>,
    more?: { search?: string; headers?: HeadersInit; signal?: AbortSignal },
  ) => Promise<Response>;
};

export type Endpoints = { actions: readonly Action[]; handlers: readonly Handler[] };

const HOST = "localhost:3000";
const OWN_PAGE = { host: HOST, origin: `http://${HOST}`, "sec-fetch-site": "same-origin" };
/** The header by which a test says who asks; in the place of a session, which has tests of its own. */
const WHO = "x-test-actor";

/**
 * Every server action and every GET handler of the program, found by walking the tree, on these clusters. Who asks is said by the
 * test. Called once per test file, before anything of the server was imported by it.
 */
export async function openEndpoints(targets: readonly Target[]): Promise<Endpoints> {
  const actors = new Map<string, Actor>();
  let asked = new Headers();
  const marked = new WeakMap<object, Mark>();

  vi.doMock("next/headers", () => ({
    headers: async () => asked,
    cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }),
  }));
  vi.doMock("@/server/auth/require-actor", () => ({
    requireActor: async (headers: Headers): Promise<Actor> => {
      const actor = actors.get(headers.get(WHO) ?? "");
      if (!actor) throw new AppError("not_signed_in", "This browser is not signed in.");
      return actor;
    },
  }));
  vi.doMock("@/server/clusters", async (original) => {
    const real = await original<typeof import("@/server/clusters")>();
    const findCluster = (id: string) => targets.find((target) => target.clusterId === id);
    const openCluster = (id: string) => {
      const found = findCluster(id);
      if (!found) throw new AppError("not_found", `There is no cluster "${id}" for you.`);
      return found;
    };
    return { ...real, findCluster, openCluster, listClusters: () => targets };
  });
  // Two paths written out: a mock is known by the file it stands for.
  vi.doMock("@/server/actions/wrap", async (original) => withInput(await original(), marked));
  vi.doMock("@/server/actions/wrap-console", async (original) => withInput(await original(), marked));

  const headersOf = (actor: Actor | null, more?: HeadersInit) => {
    const headers = new Headers({ ...OWN_PAGE, ...Object.fromEntries(new Headers(more)) });
    if (actor) {
      actors.set(actor.id, actor);
      headers.set(WHO, actor.id);
    }
    return headers;
  };
  const modules = import.meta.glob<Record<string, unknown>>("../actions/*.ts");
  const actions: Action[] = [];
  for (const load of Object.values(modules)) {
    for (const [name, action] of Object.entries(await load())) {
      const mark = typeof action === "function" ? marked.get(action) : undefined;
      if (!mark) continue;
      const act = action as (raw: unknown) => Promise<ActionResult<unknown>>;
      const call: Action["call"] = (actor, raw) => {
        asked = headersOf(actor);
        return act(raw);
      };
      actions.push({ name, ...mark, call });
    }
  }
  const routes = import.meta.glob<{ GET?: RouteGet }>("../../app/**/route.ts");
  const handlers: Handler[] = [];
  for (const [file, load] of Object.entries(routes)) {
    const { GET } = await load();
    if (!GET) continue;
    const path = file
      .replace(/^.*?\/app/, "")
      .replace(/\/route\.ts$/, "")
      .replace(/\/\([^)]*\)/g, "");
    const get: Handler["get"] = async (actor, params, { search = "", headers, signal } = {}) => {
      const address = path.replace(/\[([^\]]+)\]/g, (_, name: string) =>
        encodeURIComponent((params[name] ?? "").toWellFormed()),
      );
      const request = new Request(`http://${HOST}${address}${search}`, {
        headers: headersOf(actor, headers),
        ...(signal && { signal }),
      });
      return inTheOpen(await GET(request, { params: Promise.resolve(params) }), params.topic);
    };
    handlers.push({ path, params: [...path.matchAll(/\[([^\]]+)\]/g)].flatMap((match) => match[1] ?? []), get });
  }
  return { actions, handlers };
}

/** What travels packed as columns, readable: who looks for a word in an answer must be able to find it. */
async function inTheOpen(response: Response, topicName: string | undefined): Promise<Response> {
  if (response.headers.get("content-type") !== "application/octet-stream" || response.status !== 200) return response;
  const bytes = gunzipSync(await response.arrayBuffer());
  const topic = topicNameSchema.safeParse(topicName).data;
  return new Response(topic && isColumnTopic(topic) ? JSON.stringify(decodeColumns(topic, bytes)) : bytes, {
    headers: response.headers,
  });
}

type RouteGet = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Response | Promise<Response>;
type Mark = Pick<Action, "made" | "input" | "permission">;
type Maker = (definition: Omit<Mark, "made">) => object;

/** The wrappers, each remembering of what it made an action. */
function withInput(wrappers: Record<string, unknown>, marked: WeakMap<object, Mark>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(wrappers).map(([made, maker]) => [
      made,
      (definition: Omit<Mark, "made">) => {
        const action = (maker as Maker)(definition);
        marked.set(action, { made, input: definition.input, permission: definition.permission });
        return action;
      },
    ]),
  );
}
