import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export type TestProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the provider says of an account, by the name typed into its form. */
  groups: Map<string, string[]>;
  stop: () => Promise<void>;
};

/** A real OpenID provider on loopback; its own form takes any name and any password. For trying out and for tests. */
export async function startOidcProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: "shardboard", clientSecret: "a secret of the sandbox only, and long" };
  const groups = new Map<string, string[]>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username", "groups"] },
    // Groups come by userinfo, as with most providers.
    conformIdTokenClaims: true,
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ["sandbox"] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, preferred_username: sub, groups: groups.get(sub) ?? [] }),
    }),
  });
  server.on("request", provider.callback());
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { issuer, ...client, groups, stop };
}
