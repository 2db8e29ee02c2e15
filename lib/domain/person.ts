import { z } from "zod";
import { clusterIdSchema } from "./cluster";
import { roleSchema } from "./permission";

/** What a local person types to sign in. Lower case, so that "Ada" and "ada" are one person and look like one. */
export const signInNameSchema = z
  .string()
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{0,39}$/,
        "1 to 40 of: a to z, 0 to 9, dot, dash, underscore; it begins with a letter or digit.",
      ),
  );

/** Which clusters a role is for: one by its id, or all of them. */
export const grantSchema = z.object({ cluster: z.union([z.literal("*"), clusterIdSchema]), role: roleSchema });
export type Grant = z.infer<typeof grantSchema>;
export const grantsSchema = z
  .array(grantSchema)
  .max(100)
  .refine((grants) => new Set(grants.map(({ cluster }) => cluster)).size === grants.length, "One role per cluster.");

/** What a link lets its holder do. */
export const LINK_PURPOSES = ["first-admin", "sign-in", "invitation", "new-password"] as const;
export const linkPurposeSchema = z.enum(LINK_PURPOSES);
export type LinkPurpose = z.infer<typeof linkPurposeSchema>;

/** 256 bits as base64url: what stands behind the # of a link. */
export const linkTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "This is not a whole link. Copy all of it.");

/** A session as its owner sees it. */
export const ownSessionSchema = z.object({
  id: z.string(),
  isThis: z.boolean(),
  signedInBy: z.enum(["password", "link", "oidc", "proxy"]),
  from: z.string(),
  browser: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
});
export type OwnSession = z.infer<typeof ownSessionSchema>;

/** Somebody as the list of people shows them. */
export const personEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** "local", "proxy" or the address of a provider. */
  issuer: z.string(),
  grants: z.array(grantSchema),
  isDisabled: z.boolean(),
  /** false: invited, and no password is set yet. Of others than local people it is always true. */
  canSignIn: z.boolean(),
  sessions: z.number(),
  seenAt: z.number().nullable(),
});
export type PersonEntry = z.infer<typeof personEntrySchema>;
