import "server-only";
import type { Database } from "./database";
import { giveUpLease, type Lease, renewLease, takeLease } from "./leases";

/** A lease that is kept alive by its holder. */
export type Hold = {
  epoch: number;
  /** By a clock of this process that never jumps: false before anybody else can have the lease, whatever the network does. */
  isHeld: () => boolean;
  release: () => Promise<void>;
};

type Terms = {
  forMs: number;
  /** The lease could not be renewed in time, or is somebody else's. Called once, and not after `release`. */
  onLost: () => void;
  /** Milliseconds that only grow; for tests. */
  monotonic?: () => number;
};

const RENEWALS = 3;
/** The holder stops this much of the term early: the database counts whole milliseconds, and clocks run at different speeds. */
const MARGIN = 0.1;

/**
 * Takes a lease and keeps it. Its time is counted here from before the statement was sent, in the database from when it
 * arrived: so here it always ends first. null: somebody else has it.
 *
 * @throws AppError `state_failed`
 */
export async function hold(database: Database, name: string, holder: string, terms: Terms): Promise<Hold | null> {
  const { forMs, onLost, monotonic = () => performance.now() } = terms;
  const sureForMs = forMs * (1 - MARGIN);
  let until = monotonic() + sureForMs;
  const taken = await takeLease(database, name, holder, forMs);
  if (!taken) return null;
  const lease: Lease = taken;
  let isOver = false;
  let renewal: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;

  function end(): void {
    isOver = true;
    clearTimeout(renewal);
    clearTimeout(deadline);
  }

  function lose(): void {
    if (isOver) return;
    end();
    onLost();
  }

  function keepOn(): void {
    clearTimeout(renewal);
    clearTimeout(deadline);
    renewal = setTimeout(renew, forMs / RENEWALS).unref();
    deadline = setTimeout(lose, until - monotonic()).unref();
  }

  async function renew(): Promise<void> {
    const asked = monotonic();
    const isRenewed = await renewLease(database, lease, forMs).catch(() => null);
    if (isOver) return;
    if (isRenewed === false) return lose();
    // A database that did not answer is asked again until the deadline.
    if (isRenewed === null) renewal = setTimeout(renew, forMs / RENEWALS / 4).unref();
    else {
      until = asked + sureForMs;
      keepOn();
    }
  }

  keepOn();
  return {
    epoch: lease.epoch,
    isHeld: () => !isOver && monotonic() < until,
    async release() {
      if (isOver) return;
      end();
      await giveUpLease(database, lease);
    },
  };
}
