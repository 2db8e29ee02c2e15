"use server";
import { redactWords } from "@/lib/domain/redact-words";
import { exactShardsInput, findKeyInput } from "@/lib/domain/shard";
import { refreshTopics } from "@/server/live/collector";
import { readExactShards } from "@/server/shards/exact";
import { findKey as whereIs } from "@/server/shards/find-key";
import { askAction } from "./wrap";

/** Where a key lives. The value in the answer is the asker's own. */
export const findKey = askAction({ input: findKeyInput, run: whereIs, redact: null });

/** The shards of one table or node, measured by Citus now. Everybody's own numbers are read again beside it, without waiting for them. */
export const exactShards = askAction({
  input: exactShardsInput,
  run: async (target, { of }) => {
    void refreshTopics(target, ["topology", "sizes"]);
    return readExactShards(target, of);
  },
  redact: (exact) => ({ ...exact, warnings: exact.warnings.map(redactWords) }),
});
