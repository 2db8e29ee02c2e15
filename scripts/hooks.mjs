// node --import ./scripts/hooks.mjs file.ts: runs the server's own modules outside Next: command line, workers, harness, bench.
// It resolves what a bundler resolves: "@/x" from the root, addresses without an extension, and `server-only` as what it is on a server.
import { existsSync, statSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const EMPTY = pathToFileURL(join(root, "node_modules/server-only/empty.js")).href;

function fileAt(path) {
  const isFile = (candidate) => existsSync(candidate) && statSync(candidate).isFile();
  return [path, `${path}.ts`, `${path}.tsx`, join(path, "index.ts")].find(isFile);
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "server-only") return { url: EMPTY, shortCircuit: true };
    const own = context.parentURL?.startsWith("file:") && !context.parentURL.includes("/node_modules/");
    const isRelative = own && /^\.\.?\//.test(specifier);
    const path = specifier.startsWith("@/")
      ? join(root, specifier.slice(2))
      : isRelative
        ? join(dirname(fileURLToPath(context.parentURL)), specifier)
        : undefined;
    const found = path && fileAt(path);
    return found ? { url: pathToFileURL(found).href, shortCircuit: true } : next(specifier, context);
  },
});
