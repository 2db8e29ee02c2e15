import "server-only";
import pg from "pg";
import { log } from "@/server/log";
import { type Address, clientConfig } from "./postgres-connect";

type Hear = (payload: string) => void;
type Listener = { listen: (hear: Hear) => () => void; close: () => Promise<void> };

/** One channel for everything; which cluster and topic it is about stands in the payload. */
export const CHANNEL = "shardboard";
const RETRY_MS = 1_000;
/** A connection that lost its other end is noticed by this, because nothing is ever asked on it otherwise. */
const PROBE_MS = 5_000;

/**
 * Hears what other consoles say, over a connection of its own that exists only while somebody listens and comes back by itself.
 * What is said while it is away is missed: a listener looks at the tables as well, now and then.
 */
export function listener(address: Address): Listener {
  const hearers = new Set<Hear>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function connect(): Promise<void> {
    const mine = new pg.Client({ ...clientConfig(address, "listen"), query_timeout: PROBE_MS });
    client = mine;
    // Cut, refused or silent: all end here once, and begin anew.
    const lost = (cause: unknown) => {
      if (client !== mine) return;
      client = null;
      clearTimeout(timer);
      mine.end().catch(() => undefined);
      if (isClosed || hearers.size === 0) return;
      log.warn("the other consoles are not heard", { cause });
      timer = setTimeout(connect, RETRY_MS).unref();
    };
    const probe = () =>
      mine.query("select 1").then(() => {
        timer = setTimeout(probe, PROBE_MS).unref();
      }, lost);
    mine.on("error", lost);
    mine.on("end", () => lost(new Error("the connection ended")));
    mine.on("notification", ({ payload = "" }) => {
      for (const hear of hearers) hear(payload);
    });
    try {
      await mine.connect();
      await mine.query(`listen ${CHANNEL}`);
      timer = setTimeout(probe, PROBE_MS).unref();
    } catch (cause) {
      lost(cause);
    }
  }

  return {
    listen(hear) {
      hearers.add(hear);
      if (!client && !isClosed) {
        clearTimeout(timer);
        void connect();
      }
      return () => hearers.delete(hear);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}
