import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { topic } from "@/server/live/topic";

export const localTablesTopic = topic({
  name: "local-tables",
  schema: z.unknown(),
  paceMs: () => 5_000,
  read: async () => {
    throw new AppError("capability_missing", "not read yet");
  },
});
