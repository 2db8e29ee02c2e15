import { z } from "zod";
import { clusterIdSchema } from "./cluster";
import { nodeIdSchema } from "./node";

/** Labels of citus.shard_transfer_mode: the same in every version since 11. */
export const TRANSFER_MODES = ["auto", "force_logical", "block_writes"] as const;
export type TransferMode = (typeof TRANSFER_MODES)[number];

/** What people give to the changes of nodes. Addresses are checked here as far as spelling goes. */
export const hostSchema = z
  .string()
  .trim()
  .min(1, "Give a host name or an address.")
  .max(253, "A host name has at most 253 letters.")
  .regex(/^[A-Za-z0-9._:-]+$/, "A host has letters, digits, dots, colons and hyphens only.");
export const portSchema = z
  .int("The port is a whole number.")
  .min(1, "The port is at least 1.")
  .max(65_535, "The port is at most 65535.");

/** An address: of a worker to add, or under which the coordinator is found. */
export const addressInput = z.object({ clusterId: clusterIdSchema, host: hostSchema, port: portSchema });
export type AddressInput = z.infer<typeof addressInput>;

export const addSecondaryInput = addressInput.extend({ primaryId: nodeIdSchema });
export type AddSecondaryInput = z.infer<typeof addSecondaryInput>;

export const oneNodeInput = z.object({ clusterId: clusterIdSchema, nodeId: nodeIdSchema });
export type OneNodeInput = z.infer<typeof oneNodeInput>;

export const drainNodeInput = oneNodeInput.extend({ mode: z.enum(TRANSFER_MODES) });
export type DrainNodeInput = z.infer<typeof drainNodeInput>;
