import "server-only";
import { z } from "zod";
import { clusterSchema } from "./cluster-schema";
import { signInSchema } from "./sign-in-schema";

const text = z.string().min(1);
const portSchema = z.int().min(1).max(65_535);

/**
 * The whole of shardboard.yaml. Strict everywhere: a key that nobody reads would be a wish that nobody fulfils. What is a single
 * value is also a variable of the environment, and its rule stands in server/env.
 */
export const fileSchema = z.strictObject({
  public_origin: text.optional(),
  trusted_proxies: z.array(text).optional(),
  host: text.optional(),
  port: portSchema.optional(),
  data_dir: text.optional(),
  audit_stdout: z.boolean().optional(),
  read_only: z.boolean().optional(),
  state_url_file: text.optional(),
  state_ca_file: text.optional(),
  state_allow_insecure: z.boolean().optional(),
  metrics: z
    .strictObject({ token_file: text.optional(), host: text.optional(), port: portSchema.optional() })
    .optional(),
  sign_in: signInSchema.optional(),
  clusters: z.array(clusterSchema).default([]),
});
export type FileConfig = z.output<typeof fileSchema>;

/** The single values under the names that the environment gives them. */
export function asVariables(file: FileConfig): Record<string, string> {
  const values = {
    PUBLIC_ORIGIN: file.public_origin,
    TRUSTED_PROXIES: file.trusted_proxies?.join(","),
    HOST: file.host,
    PORT: file.port,
    DATA_DIR: file.data_dir,
    AUDIT_STDOUT: file.audit_stdout,
    READ_ONLY: file.read_only,
    STATE_URL_FILE: file.state_url_file,
    STATE_CA_FILE: file.state_ca_file,
    STATE_ALLOW_INSECURE: file.state_allow_insecure,
    METRICS_TOKEN_FILE: file.metrics?.token_file,
    METRICS_HOST: file.metrics?.host,
    METRICS_PORT: file.metrics?.port,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
