import pg from "pg";
import { LOGIN_ROLES } from "./cluster/first-folder.ts";
import type { SandboxState } from "./state.ts";
import type { Login, QueryPlace, SandboxNodeName } from "./types.ts";

type Cluster = Pick<SandboxState, "nodes" | "database">;

export function urlOf(
  { nodes, database }: Cluster,
  login: Login = "owner",
  node: SandboxNodeName = "coordinator",
): string {
  const { host, port } = nodes[node];
  return `postgres://${LOGIN_ROLES[login]}@${host}:${port}/${database}`;
}

async function withClient<T>(cluster: Cluster, place: QueryPlace, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, place.login, place.node),
    connectionTimeoutMillis: 10_000,
    application_name: "sandbox",
  });
  // A server that is stopped while we are connected emits here as well; the pending query already rejects.
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

export async function query<T>(
  cluster: Cluster,
  sql: string,
  values: unknown[] = [],
  place: QueryPlace = {},
): Promise<T[]> {
  return withClient(cluster, place, async (client) => {
    const { rows } = await client.query(sql, values);
    return rows as T[];
  });
}
