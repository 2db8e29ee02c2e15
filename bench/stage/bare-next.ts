import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startConsole } from "../../scripts/steps/console.ts";
import { freePort } from "../../scripts/steps/free-port.ts";
import { NEXT, ROOT } from "../../scripts/steps/paths.ts";
import { runNode } from "../../scripts/steps/run-node.ts";

export type BareNext = { url: string; pid: number; readyMs: number };

let built: string | null = null;

/** The least that Next is: one page that says hello, built once with this project's own packages, served as the console is. */
export async function withBareNext<T>(act: (server: BareNext) => Promise<T>): Promise<T> {
  const folder = built ?? (await build());
  const began = performance.now();
  const running = await startConsole(await freePort(), {}, { folder });
  try {
    return await act({ url: running.url, pid: running.process.pid ?? 0, readyMs: performance.now() - began });
  } finally {
    await running.stop();
  }
}

async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-bare-next-"));
  built = folder;
  mkdirSync(join(folder, "app"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "bare-next", private: true, type: "module" }));
  writeFileSync(join(folder, "next.config.mjs"), "export default {};\n");
  writeFileSync(
    join(folder, "app", "layout.jsx"),
    'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  );
  writeFileSync(
    join(folder, "app", "page.jsx"),
    'export const dynamic = "force-dynamic";\nexport default function Page() {\n  return <h1>Hello</h1>;\n}\n',
  );
  const code = await runNode([NEXT, "build", "--webpack", folder], { env: { NODE_ENV: "production" }, quiet: true });
  if (code !== 0) throw new Error("The bare Next page could not be built.");
  return folder;
}

export function removeBareNext(): void {
  if (built) rmSync(built, { recursive: true, force: true });
  built = null;
}
