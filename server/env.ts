import "server-only";
import { z } from "zod";
import { parseAddressList } from "./http/address-list";

const envSchema = z.object({
  /** The coordinator, as a URL. Its login runs every change, and every read unless CITUS_READ_URL is given. */
  CITUS_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** The same coordinator with a login that has pg_monitor and nothing else. */
  CITUS_READ_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** A PEM file with the authority that signed the servers' certificates. */
  CITUS_CA_FILE: z.string().optional(),
  CLUSTER_NAME: z.string().trim().min(1).max(60).optional(),
  /** "as registered=as reached from here", comma separated: consoles often sit outside the cluster's network. */
  NODE_ADDRESSES: z.string().optional(),
  /** Where the record of actions is kept. */
  DATA_DIR: z.string().default("data"),
  /** Nothing is changed on any cluster, whoever asks. */
  READ_ONLY: z.stringbool().default(false),
  /** The one address people use, as their browser shows it: "https://console.example.com". Without it: this machine's own names. */
  PUBLIC_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .refine((text) => new URL(text).pathname === "/", "Without a path: the console lives at the root of its address.")
    .transform((text) => new URL(text).origin)
    .optional(),
  /** Addresses or networks whose X-Forwarded-For is believed, comma separated. */
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .refine((text) => parseAddressList(text) !== null, "Addresses or networks, comma separated: 10.0.0.7, 10.1.0.0/16"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
});
export type Env = z.infer<typeof envSchema>;

let known: Env | undefined;

/**
 * The configuration, read once. The only reader of process.env in the program.
 *
 * PG* variables are removed: node-postgres would use them silently, and a password meant for another
 * server must never be sent to whoever answers here.
 */
export function env(): Env {
  if (known) return known;
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
  const filled = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = envSchema.safeParse(filled);
  if (!parsed.success) throw new Error(`The configuration is not complete.\n${z.prettifyError(parsed.error)}`);
  known = parsed.data;
  return known;
}
