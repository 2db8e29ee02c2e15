import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOidcProvider, type TestProvider } from "../../sandbox/oidc.ts";

/** An OpenID provider on loopback for a console on that port, and the configuration file that names it. Of its people dora is an operator, everybody else is nobody. */
export async function provideSignIn(port: number, folder: string): Promise<{ provider: TestProvider; file: string }> {
  const provider = await startOidcProvider(`http://localhost:${port}/sign-in/provider/callback`);
  provider.groups.set("dora", ["dba"]);
  const secret = join(folder, "provider-secret");
  writeFileSync(secret, provider.clientSecret, { mode: 0o600 });
  const file = join(folder, "shardboard.yaml");
  writeFileSync(
    file,
    [
      "sign_in:",
      "  oidc:",
      `    issuer: ${provider.issuer}`,
      `    client_id: ${provider.clientId}`,
      `    client_secret_file: ${secret}`,
      "    name: the test provider",
      "    roles: [{ value: dba, role: operator }]",
      "",
    ].join("\n"),
  );
  return { provider, file };
}
