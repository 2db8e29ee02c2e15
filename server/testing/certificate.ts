import "server-only";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { isIP } from "node:net";

/** A certificate for a test's TLS server, made without openssl, which not every machine has. */
export type Made = { certificate: string; key: string };

type Options = {
  name: string;
  /** DNS names and IPv4 addresses it is good for. */
  names?: readonly string[];
  /** Who signs; without it, it signs itself. */
  by?: Authority;
  /** Days from now; negative: in the past. */
  from?: number;
  until?: number;
  isAuthority?: boolean;
};
export type Authority = Made & { name: string; privateKey: KeyObject };

const DAY_MS = 86_400_000;
const ECDSA_SHA256 = seq(oid("2a8648ce3d040302"));

/** An X.509 certificate of version 3 with an elliptic key, and the key. */
export function makeCertificate({
  name,
  names = [],
  by,
  from = -1,
  until = 30,
  isAuthority = false,
}: Options): Authority {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const alternatives = names.map((one) => (isIP(one) ? der(0x87, bytesOfIp(one)) : der(0x82, Buffer.from(one))));
  const extensions = [
    extension("551d13", seq(...(isAuthority ? [der(0x01, Buffer.from([0xff]))] : []))),
    ...(alternatives.length > 0 ? [extension("551d11", seq(...alternatives))] : []),
  ];
  const body = seq(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, Math.floor(Math.random() * 127), Math.floor(Math.random() * 255)])),
    ECDSA_SHA256,
    nameOf(by?.name ?? name),
    seq(time(from), time(until)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, seq(...extensions)),
  );
  const signature = sign("sha256", body, by?.privateKey ?? privateKey);
  const whole = seq(body, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
  return {
    name,
    privateKey,
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

function seq(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

const nameOf = (name: string) => seq(der(0x31, seq(oid("550403"), der(0x0c, Buffer.from(name)))));
const extension = (id: string, value: Buffer) => seq(oid(id), der(0x04, value));
const bytesOfIp = (ip: string) => Buffer.from(ip.split(".").map(Number));

function time(days: number): Buffer {
  const text = new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}
