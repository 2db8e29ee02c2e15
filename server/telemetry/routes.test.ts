import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ROUTE_TEMPLATES, routeLabel } from "./routes";

const APP = fileURLToPath(new URL("../../app", import.meta.url));

/** "(console)/clusters/[clusterId]/nodes/page.tsx" → "/clusters/:clusterId/nodes" */
function templateOf(file: string): string {
  const folders = file.split("/").slice(0, -1);
  return `/${folders
    .filter((folder) => !folder.startsWith("("))
    .map((folder) => folder.replace(/^\[(\w+)\]$/, ":$1"))
    .join("/")}`;
}

test("every page and route has its own label, and there is none for what does not exist", () => {
  const files = readdirSync(APP, { recursive: true, encoding: "utf8" });
  const templates = files.filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file)).map(templateOf);
  expect([...ROUTE_TEMPLATES].sort()).toEqual([...new Set(templates)].sort());
});

test("the labels of addresses are a closed set, whatever is asked for", () => {
  expect(routeLabel("/clusters/anything/nodes?x=1")).toBe("/clusters/:clusterId/nodes");
  expect(routeLabel("/_next/static/chunks/a.js")).toBe("/_next");
  for (const path of ["/clusters/a/b/nodes", "/wp-login.php", "//evil", "", "/clusters//nodes", "/%2e%2e/"])
    expect(routeLabel(path)).toBe("other");
});
