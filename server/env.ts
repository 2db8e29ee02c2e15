import "server-only";
import { existsSync } from "node:fs";
import { z } from "zod";
import { readConfigFile } from "./config/read-file";
import { asVariables, type FileConfig } from "./config/schema";
import { readSecretFile, Secret } from "./config/secret";
import { parseAddressList } from "./http/address-list";

const DEFAULT_FILE = "shardboard.yaml";
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ });
const secretText = (inner: z.ZodType<string>) => inner.transform((text) => new Secret(text));
const port = z.coerce.number().int().min(1).max(65_535);

const envSchema = z.object({
  /** The coordinator of the one cluster that the environment describes, with the login for operations. */
  CITUS_URL: secretText(databaseUrl).optional(),
  /** The same coordinator with a login that has pg_monitor and nothing else. */
  CITUS_READ_URL: secretText(databaseUrl).optional(),
  /** The same coordinator with a superuser: what Citus allows to superusers only. */
  CITUS_ADMIN_URL: secretText(databaseUrl).optional(),
  CITUS_PASSWORD_FILE: z.string().optional(),
  CITUS_READ_PASSWORD_FILE: z.string().optional(),
  CITUS_ADMIN_PASSWORD_FILE: z.string().optional(),
  /** Logins without a password (trust, peer): has to be said, so that none is left out by mistake. */
  CITUS_NO_PASSWORD: z.stringbool().default(false),
  /** A PEM file with the authority that signed the servers' certificates. */
  CITUS_CA_FILE: z.string().optional(),
  /** Plain connections to another machine. */
  CITUS_ALLOW_INSECURE: z.stringbool().default(false),
  CITUS_ALLOW_SUPERUSER_READ: z.stringbool().default(false),
  CLUSTER_NAME: z.string().trim().min(1).max(60).optional(),
  /** "as registered=as reached from here", comma separated: consoles often sit outside the cluster's network. */
  NODE_ADDRESSES: z.string().optional(),
  /** The share of the time that each server may work for what the console reads by itself, in percent. */
  READ_BUDGET_PERCENT: z.coerce.number().min(0.1).max(100).default(1),
  /** Networks, domains and hosts that may join the cluster, comma separated. */
  ALLOWED_NODE_HOSTS: z.string().optional(),
  /** Where the console's own state is kept. */
  DATA_DIR: z.string().default("data"),
  /** A PostgreSQL database for the console's own state, for several consoles side by side. */
  STATE_URL: secretText(databaseUrl).optional(),
  STATE_URL_FILE: z.string().optional(),
  /** A PEM file with the authority that signed that server's certificate. */
  STATE_CA_FILE: z.string().optional(),
  /** A plain connection to a state on another machine. */
  STATE_ALLOW_INSECURE: z.stringbool().default(false),
  /** Every record of the audit also as a line of JSON on standard output, for whoever keeps it elsewhere. */
  AUDIT_STDOUT: z.stringbool().default(false),
  /** Nothing is changed on any cluster, whoever asks. */
  READ_ONLY: z.stringbool().default(false),
  /** The one address people use, as their browser shows it: "https://console.example.com". Without it: this machine's own names. */
  PUBLIC_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .refine((text) => new URL(text).pathname === "/", "Without a path: the console lives at the root of its address.")
    .transform((text) => new URL(text).origin)
    .optional(),
  /** People may reach the console by http over a network: passwords and sessions cross it in clear text. */
  ALLOW_PLAIN_HTTP: z.stringbool().default(false),
  /** Addresses or networks whose X-Forwarded-For is believed, comma separated. */
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .refine((text) => parseAddressList(text) !== null, "Addresses or networks, comma separated: 10.0.0.7, 10.1.0.0/16"),
  /** How many requests a second one person may send, in the long run; ten times as many at once. */
  REQUESTS_PER_SECOND: z.coerce.number().int().min(1).default(60),
  /** The address that is listened on. */
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  /** The token that /metrics wants; without it there is no /metrics but on a port of its own. */
  METRICS_TOKEN_FILE: z.string().optional(),
  METRICS_HOST: z.string().default("127.0.0.1"),
  METRICS_PORT: port.optional(),
});
export type Env = z.output<typeof envSchema>;

type Settings = { env: Env; file: FileConfig | null };
let known: Settings | undefined;

/**
 * PG* variables and a forced native driver are taken away before anything connects: node-postgres would use them silently,
 * and a password meant for another server must never be sent to whoever answers here.
 */
function forgetAmbientCredentials(): void {
  for (const name of Object.keys(process.env))
    if (/^PG[A-Z]+$/.test(name) || name === "NODE_PG_FORCE_NATIVE") delete process.env[name];
}
forgetAmbientCredentials();

/** Single values, from the environment or else from shardboard.yaml. Read once, by the only reader of process.env. @throws Error */
export function env(): Env {
  return settings().env;
}

/** The rest of shardboard.yaml: clusters and sign-in. null: there is no such file. */
export function configFile(): FileConfig | null {
  return settings().file;
}

/** The folder in which a command was called: npm starts it in the project's. Nothing else of the environment is looked at. */
export function calledFrom(): string {
  return process.env.INIT_CWD ?? process.cwd();
}

/** A secret that stands in a variable or in the file that a variable names. */
export function secretOf(value: Secret | undefined, file: string | undefined, fileKey: string): Secret | undefined {
  return value ?? (file === undefined ? undefined : readSecretFile(file, fileKey));
}

function settings(): Settings {
  known ??= read();
  return known;
}

function read(): Settings {
  forgetAmbientCredentials();
  const given = process.env.SHARDBOARD_CONFIG;
  const path = given || (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);
  const file = path === null ? null : readConfigFile(path);
  const filled = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = envSchema.safeParse({ ...(file && asVariables(file)), ...filled });
  if (!parsed.success) throw new Error(`The configuration is not complete.\n${z.prettifyError(parsed.error)}`);
  return { env: parsed.data, file };
}
