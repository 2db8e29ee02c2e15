import "server-only";
import { type Configuration, configuration } from "@/server/config/configuration";
import { parseAddressList } from "@/server/http/address-list";
import type { ClaimRules } from "./claim-roles";
import type { OidcSettings } from "./oidc";
import type { ProxySettings } from "./proxy";

type Configured = NonNullable<Configuration["signIn"]["oidc"] | Configuration["signIn"]["proxy"]>;

function rulesOf({ roles, default_role }: Pick<Configured, "roles" | "default_role">): ClaimRules {
  return {
    rules: roles.map(({ value, role, clusters }) => ({ value, role, clusters: clusters ?? ["*"] })),
    otherwise: default_role ?? null,
  };
}

/** The configured OpenID provider; null: there is none. */
export function oidcSettings(): OidcSettings | null {
  const { oidc } = configuration().signIn;
  if (!oidc) return null;
  const { issuer, client_id, clientSecret, name, scopes, roles_claim } = oidc;
  return { issuer, clientId: client_id, clientSecret, name, scopes, rolesClaim: roles_claim, roles: rulesOf(oidc) };
}

let knownProxy: ProxySettings | null | undefined;

/** The configured proxy that signs people in; null: there is none. Every request asks, so it is put together once. */
export function proxySettings(): ProxySettings | null {
  if (knownProxy === undefined) knownProxy = readProxySettings();
  return knownProxy;
}

function readProxySettings(): ProxySettings | null {
  const { proxy } = configuration().signIn;
  if (!proxy) return null;
  const peers = parseAddressList(proxy.peers.join(","));
  if (!peers) throw new Error("sign_in.proxy.peers: not a list of addresses.");
  return {
    header: proxy.header,
    groupsHeader: proxy.roles_header ?? null,
    secretHeader: proxy.secret_header,
    secret: proxy.secret,
    peers,
    roles: rulesOf(proxy),
    countsAsProof: proxy.counts_as_proof,
  };
}
