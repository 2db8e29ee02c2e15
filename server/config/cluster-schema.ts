import "server-only";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { OPERATOR_OPTIONS } from "@/lib/domain/permission";
import { addressSchema } from "./address";
import { hostRuleSchema } from "./host-rule";

/** A login of a database. That it has no password (trust, peer) has to be said: none is ever left out by mistake. */
const loginSchema = z
  .strictObject({
    user: z.string().min(1),
    password_file: z.string().min(1).optional(),
    no_password: z.literal(true).optional(),
  })
  .refine(({ password_file, no_password }) => (password_file === undefined) !== (no_password === undefined), {
    message: "needs either password_file or no_password: true",
  });

const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/i, 'is not a colour like "#bf2618"');

/** One cluster as the file describes it. */
export const clusterSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** How addresses name it; made from the name where it is left out. */
  id: clusterIdSchema.optional(),
  colour: colourSchema.optional(),
  /** The hosts of which one is the primary coordinator. */
  coordinators: z.array(addressSchema).min(1),
  database: z.string().min(1),
  logins: z.strictObject({ read: loginSchema, ops: loginSchema, admin: loginSchema.optional() }),
  tls: z.strictObject({ ca_file: z.string().min(1).optional(), server_name: z.string().min(1).optional() }).optional(),
  /** Plain connections over a network. Every page of the cluster then carries a red banner. */
  allow_insecure: z.boolean().default(false),
  allow_superuser_read: z.boolean().default(false),
  read_only: z.boolean().default(false),
  read_budget_percent: z.number().min(0.1).max(100).default(1),
  operators_may: z.array(z.enum(OPERATOR_OPTIONS)).default([]),
  membership_by: z.string().trim().min(1).max(40).optional(),
  node_addresses: z.record(z.string(), addressSchema).default({}),
  allowed_node_hosts: z.array(hostRuleSchema).min(1).optional(),
});
export type ClusterConfig = z.output<typeof clusterSchema>;
