import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

type Package = {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
  resolved?: string;
  integrity?: string;
  link?: boolean;
};
const read = (file: string) => readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), "utf8");
const manifest: { dependencies: Record<string, string>; allowScripts: Record<string, boolean> } = JSON.parse(
  read("package.json"),
);
const lock: { packages: Record<string, Package> } = JSON.parse(read("package-lock.json"));
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");
const atRunTime = installed.filter(([, one]) => !one.dev && !one.devOptional);
const nameOf = (path: string) => path.replace(/^.*node_modules\//, "");

/** Every package the console itself asks for. A new one is a decision: it comes here and into docs/dependencies.md. */
const ASKED_FOR = [
  "@fontsource-variable/inter",
  "@fontsource-variable/jetbrains-mono",
  "@tanstack/react-query",
  "@tanstack/react-virtual",
  "clsx",
  "next",
  "openid-client",
  "pg",
  "pino",
  "radix-ui",
  "react",
  "react-dom",
  "recharts",
  "server-only",
  "yaml",
  "zod",
];
/** With everything those bring along. */
const MOST_AT_RUN_TIME = 175;
const isAllowed = (licence = "") => licence.split(" AND ").every((one) => LICENCES.test(one));
const LICENCES = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|CC-BY-4\.0|MIT-0|BlueOak-1\.0\.0)$/;
/** Native parts of an image service that is switched off; Next names them as optional. */
const NOT_USED = /^@img\/|^sharp$/;

test("T28: the console asks for sixteen packages, pinned exactly, and each is explained", () => {
  expect(Object.keys(manifest.dependencies).sort()).toEqual(ASKED_FOR);
  const explained = read("docs/dependencies.md");
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(explained, `${name} in docs/dependencies.md`).toMatch(
      new RegExp(`^\\|.*\\b${name.split("/").pop()}\\b`, "m"),
    );
  }
});

test("T28: what runs is not more than was counted, under licences that allow it", () => {
  const names = atRunTime.map(([path]) => nameOf(path)).filter((name) => !NOT_USED.test(name));
  expect(new Set(names).size).toBeLessThanOrEqual(MOST_AT_RUN_TIME);
  const others = atRunTime.filter(([path, one]) => !NOT_USED.test(nameOf(path)) && !isAllowed(one.license));
  expect(others.map(([path, one]) => `${nameOf(path)}: ${one.license}`)).toEqual([]);
});

test("T28: every package is pinned by its digest, and none runs a program at its installation but those that are named", () => {
  const loose = installed.filter(([, one]) => !one.link && one.resolved && !one.integrity?.startsWith("sha512-"));
  expect(loose.map(([path]) => path)).toEqual([]);
  const running = new Set(installed.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path)));
  const unnamed = [...running].filter((name) => !(name in manifest.allowScripts) && !NOT_USED.test(name));
  expect(unnamed).toEqual([]);
});

test("T3: Next is at or above the release with the security fixes", () => {
  const [major = 0, minor = 0, patch = 0] = (lock.packages["node_modules/next"]?.version ?? "").split(".").map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(16_004_002);
});
