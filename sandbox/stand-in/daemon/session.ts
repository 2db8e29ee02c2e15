import pg from "pg";

export type Session = AsyncDisposable & {
  pid: number;
  /** Aborted when the connection is gone. */
  lost: AbortSignal;
  query: <Row = unknown>(text: string, values?: unknown[]) => Promise<Row[]>;
};

export type NodeAddress = { nodename: string; nodeport: number };

/**
 * Connects, or fails within the limit: a frozen server accepts and then never speaks. The signal cuts the connection, because
 * a query on a server that froze later would never end either.
 */
export async function openSession(
  url: string,
  applicationName: string,
  timeoutMs = 5_000,
  signal?: AbortSignal,
): Promise<Session> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: timeoutMs,
  });
  const gone = new AbortController();
  client.on("error", () => gone.abort());
  client.on("end", () => gone.abort());
  await client.connect();
  const cut = () => void client.end().catch(() => undefined); // gone already
  signal?.addEventListener("abort", cut, { once: true });
  let previous: Promise<unknown> = Promise.resolve();
  const { rows } = await client.query<{ pid: number }>("select pg_catalog.pg_backend_pid() as pid");
  return {
    pid: rows[0]?.pid ?? 0,
    lost: gone.signal,
    // One after another: several tasks write through the daemon's own session.
    query: async <Row>(text: string, values: unknown[] = []) => {
      const answer = previous.then(() => {
        if (gone.signal.aborted) throw new Error("connection not open");
        return client.query(text, values);
      });
      previous = answer.catch(() => undefined);
      return (await answer).rows as Row[];
    },
    [Symbol.asyncDispose]: async () => {
      signal?.removeEventListener("abort", cut);
      // A server that is gone or frozen never answers a goodbye.
      await Promise.race([client.end().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 500))]);
    },
  };
}

/** The same database on another node, or as another role. */
export function urlFor(url: string, node: NodeAddress | null, role?: string): string {
  const other = new URL(url);
  if (node) {
    other.hostname = node.nodename;
    other.port = String(node.nodeport);
  }
  if (role) other.username = encodeURIComponent(role);
  return other.href;
}

/** A node of the cluster, or the sentence Citus has for one that cannot be reached. */
export async function openNode(
  url: string,
  node: NodeAddress,
  name: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Session> {
  try {
    return await openSession(urlFor(url, node), name, timeoutMs, signal);
  } catch (cause) {
    const who = `${decodeURIComponent(new URL(url).username)}@${node.nodename}:${node.nodeport}`;
    throw new Error(`connection to the remote node ${who} failed with the following error: ${reason(cause)}`, {
      cause,
    });
  }
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ECONNREFUSED")
    return "Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?";
  const message = cause instanceof Error ? cause.message : String(cause);
  return /timeout/i.test(message) ? "connection timeout expired" : message;
}
