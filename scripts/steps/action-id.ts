import { readFileSync } from "node:fs";
import { ROOT } from "./paths.ts";

type Reference = { filename: string; exportedName: string };

/** The address of an action in the build under test, as the browser names it in the header Next-Action. */
export function actionId(file: string, exportedName: string): string {
  const { node }: { node: Record<string, Reference> } = JSON.parse(
    readFileSync(`${ROOT}/.next/server/server-reference-manifest.json`, "utf8"),
  );
  const found = Object.entries(node).find(
    ([, reference]) => reference.filename === `server/actions/${file}.ts` && reference.exportedName === exportedName,
  );
  if (!found) throw new Error(`The build has no action ${exportedName} in server/actions/${file}.ts.`);
  return found[0];
}
