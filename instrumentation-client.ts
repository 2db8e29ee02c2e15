import { z } from "zod";

type TrustedTypes = {
  createPolicy: (name: "default", rules: { createScriptURL: (url: string) => string }) => unknown;
};
type Page = typeof globalThis & {
  /** Where libraries that inject styles (a dialog that keeps the page from scrolling) look for the page's nonce. */
  __webpack_nonce__?: string;
  trustedTypes?: TrustedTypes;
};

/** The files of our own build, and no other address. */
function onlyOwnBuild(url: string): string {
  const { origin, pathname } = new URL(url, location.origin);
  if (origin === location.origin && pathname.startsWith("/_next/static/")) return url;
  throw new TypeError("Only the console's own files are loaded as scripts.");
}

/**
 * Next runs this file in the browser before anything else of the page. It arranges what the page's policy
 * (server/http/browser-rules) asks for: the nonce for injected styles, taken from where only scripts can read it; the rule which
 * scripts may be loaded, where text is never made HTML or script; and that zod does not try to compile code.
 */
const page: Page = globalThis;
const { nonce } = document.querySelector<HTMLScriptElement>("script[nonce]") ?? {};
if (nonce) page.__webpack_nonce__ = nonce;
page.trustedTypes?.createPolicy("default", { createScriptURL: onlyOwnBuild });
z.config({ jitless: true });
