import type { Account } from "../processes/account.ts";
import type { EngineName } from "../types.ts";

/** What differs between the engines; all the rest of the sandbox does not know which one it runs. */
export type Engine = {
  name: EngineName;
  /** Makes the binaries usable for the account, and returns the folder that holds `postgres` and `initdb`. */
  install: (sandboxDir: string, account: Account | null) => Promise<string>;
  /** Lines of postgresql.conf beside those that every node has. */
  settings: (sandboxDir: string) => Record<string, string>;
};
