import "server-only";
import { isIP } from "node:net";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { roleSchema } from "@/lib/domain/permission";

/** Who gets which role: a value of the claim (or header), the role, and the clusters where it holds; without `clusters` on all of them. */
const roleRuleSchema = z.strictObject({
  value: z.string().min(1),
  role: roleSchema,
  clusters: z.array(clusterIdSchema).min(1).optional(),
});

const oidcSchema = z.strictObject({
  /** Exactly as the provider names itself: tokens of any other issuer are refused. */
  issuer: z.url({ protocol: /^https?$/ }),
  client_id: z.string().min(1),
  client_secret_file: z.string().min(1),
  /** What the button says: "Sign in with …". */
  name: z.string().trim().min(1).max(40).default("the company account"),
  scopes: z.array(z.string().regex(/^\S+$/)).default(["openid", "profile"]),
  /** The claim whose values are looked up in `roles`: a text or a list of texts. */
  roles_claim: z.string().min(1).default("groups"),
  roles: z.array(roleRuleSchema).default([]),
  /** What somebody gets whom no rule names; without it they get nothing and cannot enter. */
  default_role: roleSchema.optional(),
});

const headerName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "is not the name of a header");

const proxySchema = z.strictObject({
  /** The header in which the proxy says who it is that asks. */
  header: headerName,
  /** The exact addresses from which the proxy connects. */
  peers: z.array(z.string().refine((text) => isIP(text) !== 0, "is not an IP address")).min(1),
  /** A header with a shared secret, which only the proxy can send. */
  secret_header: headerName,
  secret_file: z.string().min(1),
  /** A header with groups, comma separated, whose values are looked up in `roles`. */
  roles_header: headerName.optional(),
  roles: z.array(roleRuleSchema).default([]),
  default_role: roleSchema.optional(),
  /** The proxy asks for the password often enough that its word counts as a fresh proof; without it, what needs one is refused. */
  counts_as_proof: z.boolean().default(false),
});

/** The ways to sign in beside the console's own people. */
export const signInSchema = z.strictObject({ oidc: oidcSchema.optional(), proxy: proxySchema.optional() });
