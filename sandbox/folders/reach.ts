import type { Account } from "../processes/account.ts";
import { run } from "../processes/run.ts";

/** Fails with a sentence, where otherwise initdb would fail with a riddle. */
export async function checkReach(dir: string, account: Account | null): Promise<void> {
  if (!account) return;
  try {
    await run("/bin/sh", ["-c", 'cd "$0"', dir], { account });
  } catch (cause) {
    throw new Error(
      `PostgreSQL runs as ${account.name} here, who cannot reach ${dir}. Name a folder that everybody may enter, such as one in /tmp.`,
      { cause },
    );
  }
}
