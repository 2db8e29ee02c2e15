import "server-only";
import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, type PeerCertificate } from "node:tls";
import type { Address, Target } from "@/server/clusters";
import { isPlain } from "@/server/config/target";

/**
 * How a connection is protected: verified in full, or plain where isPlain allows it. Made here and never from an sslmode, whose
 * words mean different things to different drivers. A node may be certified under its registered name or under the one it is reached by.
 */
export function tlsFor(
  target: Target,
  { host, registered }: Address & { registered?: string },
): false | ConnectionOptions {
  if (isPlain(target, host)) return false;
  const { ca, serverName } = target.tls;
  const isCoordinator = registered === undefined;
  const names = [...new Set(isCoordinator && serverName !== undefined ? [serverName] : [registered ?? host, host])];
  return {
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ...(ca !== undefined && { ca }),
    ...(isIP(host) === 0 && { servername: host }),
    checkServerIdentity: (_asked, certificate) => identityProblem(names, certificate),
  };
}

/** undefined: the certificate is for one of the names. */
function identityProblem(names: readonly string[], certificate: PeerCertificate): Error | undefined {
  const problems = names.map((name) => checkServerIdentity(name, certificate));
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
}

/** What OpenSSL and Node call it → what it is. */
const REASONS: Record<string, string> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed, and no authority that is trusted here has signed it",
  SELF_SIGNED_CERT_IN_CHAIN: "the authority behind its certificate is not one that is trusted here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "no authority that is trusted here has signed its certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "no authority that is trusted here has signed its certificate",
  UNABLE_TO_GET_ISSUER_CERT: "no authority that is trusted here has signed its certificate",
  CERT_SIGNATURE_FAILURE: "the signature of its certificate is wrong",
  CERT_REVOKED: "its certificate is revoked",
};

/** Why a server was not believed; null: the failure has nothing to do with TLS. */
export function tlsReason(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const code = "code" in cause ? String(cause.code) : "";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `its certificate is for another name. ${cause.message}`;
  const known = REASONS[code];
  if (known) return known;
  if (cause.message === "The server does not support SSL connections") return "it offers no TLS";
  if (cause.message === "There was an error establishing an SSL connection")
    return "it answers the request for TLS with something else";
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO")
    return `the TLS handshake failed (${code})`;
  return null;
}
