import "server-only";
import { z } from "zod";
import { type Database, storeStatement } from "./database";

/** `epoch` grows with every holder: what a former one still sends is told by it and refused. */
export type Lease = { name: string; holder: string; epoch: number };

const epochRow = z.object({ epoch: z.number() });

/** Takes a lease that nobody has, or whose time is over by the database's clock. One statement, so that of two takers one wins. */
const TAKE = storeStatement({
  text: `insert into leases (name, holder, epoch, expires_at) values ($1, $2, 1, now_ms() + $3)
         on conflict (name) do update
           set holder = excluded.holder, epoch = leases.epoch + 1, expires_at = excluded.expires_at
           where leases.expires_at <= now_ms()
         returning epoch`,
  row: epochRow,
});
/** A lease whose time is over is not renewed, even where nobody has taken it: its holder has stopped by then. */
const RENEW = storeStatement({
  text: `update leases set expires_at = now_ms() + $4
         where name = $1 and holder = $2 and epoch = $3 and expires_at > now_ms() returning epoch`,
  row: epochRow,
});
/** The row stays, because its epoch must go on growing. */
const GIVE_UP = storeStatement({
  text: "update leases set expires_at = 0 where name = $1 and holder = $2 and epoch = $3 returning epoch",
  row: epochRow,
});
const HOLDERS = storeStatement({
  text: "select holder from leases where name like $1 and expires_at > now_ms() order by holder",
  row: z.object({ holder: z.string() }),
});
const FORGET = storeStatement({
  text: "delete from leases where name like $1 and expires_at < now_ms() - $2",
  row: z.object({}),
});

/** null: somebody else holds it. */
export async function takeLease(
  database: Database,
  name: string,
  holder: string,
  forMs: number,
): Promise<Lease | null> {
  const [taken] = await database.all(TAKE, [name, holder, forMs]);
  return taken ? { name, holder, epoch: taken.epoch } : null;
}

/** false: it is lost. */
export async function renewLease(database: Database, lease: Lease, forMs: number): Promise<boolean> {
  const renewed = await database.all(RENEW, [lease.name, lease.holder, lease.epoch, forMs]);
  return renewed.length > 0;
}

export async function giveUpLease(database: Database, { name, holder, epoch }: Lease): Promise<void> {
  await database.all(GIVE_UP, [name, holder, epoch]);
}

/** Who holds a lease of this kind now. `kind` is what stands before the colon of its name. */
export async function holdersOf(database: Database, kind: string): Promise<string[]> {
  return (await database.all(HOLDERS, [`${kind}:%`])).map(({ holder }) => holder);
}

/** Removes the leases of a kind that ended long ago; only for kinds whose names never come again. */
export async function forgetLeases(database: Database, kind: string, olderThanMs: number): Promise<void> {
  await database.all(FORGET, [`${kind}:%`, olderThanMs]);
}
