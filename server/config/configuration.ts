import "server-only";
import type { Target } from "@/server/clusters";
import { configFile, env, secretOf } from "@/server/env";
import { targetFromEnv } from "./from-env";
import type { FileConfig } from "./schema";
import { readSecretFile, type Secret } from "./secret";
import { targetOf } from "./target";

type SignInFile = NonNullable<FileConfig["sign_in"]>;
export type OidcSettings = Omit<NonNullable<SignInFile["oidc"]>, "client_secret_file"> & { clientSecret: Secret };
export type ProxySettings = Omit<NonNullable<SignInFile["proxy"]>, "secret_file"> & { secret: Secret };

export type Configuration = {
  clusters: readonly Target[];
  signIn: { oidc: OidcSettings | null; proxy: ProxySettings | null };
  /** null: the state is in SQLite, in DATA_DIR. */
  stateUrl: Secret | null;
  metricsToken: Secret | null;
};

let known: Configuration | undefined;

/** Everything configured that is more than a single value (those are in `env()`), read and checked once. @throws Error */
export function configuration(): Configuration {
  known ??= read();
  return known;
}

function read(): Configuration {
  const variables = env();
  const file = configFile();
  return {
    clusters: distinct([targetFromEnv(variables) ?? [], (file?.clusters ?? []).map(targetOf)].flat()),
    signIn: signInOf(file?.sign_in),
    stateUrl: secretOf(variables.STATE_URL, variables.STATE_URL_FILE, "STATE_URL_FILE") ?? null,
    metricsToken: secretOf(undefined, variables.METRICS_TOKEN_FILE, "METRICS_TOKEN_FILE") ?? null,
  };
}

function distinct(clusters: readonly Target[]): readonly Target[] {
  const seen = new Map<string, string>();
  for (const { clusterId, name } of clusters) {
    const other = seen.get(clusterId);
    if (other !== undefined) throw new Error(`The clusters "${other}" and "${name}" both have the id ${clusterId}.`);
    seen.set(clusterId, name);
  }
  return clusters;
}

function signInOf(file: SignInFile | undefined): Configuration["signIn"] {
  return { oidc: file?.oidc ? oidcOf(file.oidc) : null, proxy: file?.proxy ? proxyOf(file.proxy) : null };
}

function oidcOf({ client_secret_file, ...rest }: NonNullable<SignInFile["oidc"]>): OidcSettings {
  return { ...rest, clientSecret: readSecretFile(client_secret_file, "sign_in.oidc.client_secret_file") };
}

function proxyOf({ secret_file, ...rest }: NonNullable<SignInFile["proxy"]>): ProxySettings {
  return { ...rest, secret: readSecretFile(secret_file, "sign_in.proxy.secret_file") };
}
