import "server-only";
import { isHttps } from "./origin";

const A_YEAR_S = 31_536_000;

/**
 * What a page of ours may do in a browser. Scripts run by the nonce of their page only, and what they load; nothing comes from
 * or goes to another host; nobody frames us. Styles in attributes are allowed: charts and long tables place by them.
 *
 * While developing, React evaluates code for its stack traces and the bundler injects styles.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    // Text never becomes HTML or script; which scripts may be loaded says instrumentation-client.ts.
    ...(isDevelopment ? [] : ["require-trusted-types-for 'script'", "trusted-types default nextjs"]),
  ].join("; ");
}

/** Headers of every answer that is made for somebody: kept by no cache, framed by nobody, telling nobody where a link was followed. */
export function answerHeaders(): Record<string, string> {
  return {
    ...(isHttps() && { "strict-transport-security": `max-age=${A_YEAR_S}; includeSubDomains` }),
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": DENIED.map((feature) => `${feature}=()`).join(", "),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}

/** Everything a console has no use for. The list is long because a browser allows what is not named. */
const DENIED = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
];
