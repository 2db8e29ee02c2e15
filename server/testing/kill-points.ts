import "server-only";
import { writeSync } from "node:fs";
import { Session } from "@/server/pg/session";
import type { Database } from "@/server/store/database";

/** Where the process is killed: at the how-manieth point that it passes (0: never) or at the first of that name, and how long after it. */
export type KillOrder = { at: number | string; lateMs: number };

/** Says each point aloud before it is passed, so that whoever reads knows how far it came, and dies at the one that was ordered. */
export function killPoints({ at, lateMs }: KillOrder): (what: string) => void {
  let passed = 0;
  const die = () => process.kill(process.pid, "SIGKILL");
  return (what) => {
    passed += 1;
    writeSync(1, `point ${passed} ${what}\n`);
    if (typeof at === "number" ? passed !== at : !what.startsWith(at)) return;
    if (lateMs === 0) die();
    else setTimeout(die, lateMs);
  };
}

/** A state that passes a point before and after each thing that it writes. What the audit acknowledged is said aloud. */
export function withPoints(database: Database, pass: (what: string) => void): Database {
  return {
    ...database,
    all: async (statement, values) => {
      const isWrite = /^\s*(insert|update|delete)/.test(statement.text);
      if (isWrite) pass(`store ${head(statement.text)}`);
      const rows = await database.all(statement, values);
      if (isWrite) pass("store written");
      return rows;
    },
    transaction: async (work) => {
      const acknowledged: string[] = [];
      pass("store begin");
      const result = await database.transaction(async (inside) => {
        const done = await work({
          dialect: inside.dialect,
          all: async (statement, values) => {
            const rows = await inside.all(statement, values);
            if (/^\s*insert into audit/.test(statement.text)) acknowledged.push(`${values?.[0]} ${values?.[8]}`);
            pass(`store ${head(statement.text)}`);
            return rows;
          },
        });
        pass("store commit");
        return done;
      });
      for (const one of acknowledged) writeSync(1, `ack ${one}\n`);
      pass("store committed");
      return result;
    },
  };
}

/** The sessions of actions pass a point before each statement, after it was sent, and after its answer. */
export function sessionsWithPoints(pass: (what: string) => void): void {
  const prototype: { query: (...given: unknown[]) => unknown } = Session.prototype as never;
  const query = prototype.query;
  prototype.query = function (this: Session, ...given) {
    if (!this.spec.purpose.startsWith("act:")) return query.apply(this, given);
    const what = head(typeof given[0] === "string" ? given[0] : "");
    pass(`before ${what}`);
    const answer = query.apply(this, given);
    pass(`sent ${what}`);
    if (!(answer instanceof Promise)) return answer;
    return answer.finally(() => pass(`answered ${what}`));
  };
}

function head(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").slice(0, 48);
}
