import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Ban = { in: RegExp; pattern: RegExp; because: string };

const EVERYWHERE = /./;

/** What the framework and the browser offer and this console does without, because each of it was a hole somewhere. */
const BANS: readonly Ban[] = [
  { in: EVERYWHERE, pattern: /["']use cache/, because: "an answer made for one person must not be kept for the next" },
  {
    in: EVERYWHERE,
    pattern:
      /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|createContextualFragment/,
    because: "text from a database is never made HTML",
  },
  {
    in: EVERYWHERE,
    pattern: /\bnew Function\(|\beval\(|setTimeout\(\s*["'`]/,
    because: "text is never made a program",
  },
  {
    in: EVERYWHERE,
    pattern: /from "(ws|next\/image|next\/script)"|\bWebSocketServer\b|\.on\("upgrade"/,
    because: "there is no WebSocket, no image service and no script but the build's own",
  },
  {
    in: /^next\.config\.ts$/,
    pattern: /\b(rewrites|redirects|remotePatterns|domains|dangerouslyAllowSVG|allowedOrigins)\b/,
    because: "an address means one thing, and only the console's own origin may send actions",
  },
  {
    in: /^proxy\.ts$/,
    pattern: /redirect|rewrite|status|\bnew (Next)?Response\b|\.json\(|cookie|authorization/i,
    because: "the proxy adds headers and never decides: whoever finds a way round it must find the same answers",
  },
  {
    in: /^app\/.*route\.ts$/,
    pattern: /^export (?!const GET = [a-z]\w+\()|from "(?!@\/server\/http\/)/m,
    because: "a route reads, and is made by a wrapper of server/http, which checks host, site and person",
  },
  {
    in: /^app\/.*(page|layout)\.tsx$/,
    pattern: /^export const (dynamic|revalidate|fetchCache|runtime)\b/m,
    because: "every page is drawn for the person who asks, with a nonce of its own",
  },
];

/** What must stand in a file, or a protection is off. */
const MUSTS: readonly Ban[] = [
  {
    in: /^next\.config\.ts$/,
    pattern: /images: \{ unoptimized: true \}/,
    because: "the image service fetches what it is told to",
  },
  { in: /^next\.config\.ts$/, pattern: /poweredByHeader: false/, because: "nobody is told what we are made of" },
  { in: /^next\.config\.ts$/, pattern: /productionBrowserSourceMaps: false/, because: "sources stay on the server" },
  {
    in: /^next\.config\.ts$/,
    pattern: /bodySizeLimit: "64kb"/,
    because: "an action takes little, and a large body is an attack",
  },
];

const ROOT_FILES = ["next.config.ts", "proxy.ts", "instrumentation.ts", "instrumentation-client.ts"];

/** Everything under `root` that uses what this console does without. */
export function bansBroken(root: string): string[] {
  const inFolders = ["app", "components", "lib", "server"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((file) => `${top}/${file}`),
  );
  const files = [...inFolders, ...ROOT_FILES].filter(
    (file) => /\.tsx?$/.test(file) && !/\.i?test\.tsx?$|^lib\/testing\//.test(file),
  );
  return files.flatMap((file) => brokenIn(file.replaceAll("\\", "/"), readFileSync(join(root, file), "utf8")));
}

/** What one file breaks; comments may speak of what is banned. */
export function brokenIn(file: string, source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
  return [
    ...BANS.filter((ban) => ban.in.test(file) && ban.pattern.test(code)),
    ...MUSTS.filter((must) => must.in.test(file) && !must.pattern.test(code)),
  ].map(({ because }) => `${file}: because ${because}`);
}
