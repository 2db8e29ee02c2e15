import { z } from "zod";

/** What a person may do, by name. Until sign-in exists the one local actor holds all of them. */
export const PERMISSIONS = [
  "cluster:read",
  "activity:signal",
  "node:add",
  "node:change",
  "node:remove",
  "node:drain",
  "rebalance:run",
  "table:distribute",
] as const;
export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permissionSchema>;
