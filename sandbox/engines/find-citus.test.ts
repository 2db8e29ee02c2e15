import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chooseEngine } from "./choose";
import { findCitus } from "./find-citus";

let root: string;

/** A folder that looks like an installation: no pg_config in it, so the library folder is its neighbour. */
function installation({ programs, libraries }: { programs: string[]; libraries: string[] }): string {
  for (const name of ["bin", "lib"]) mkdirSync(join(root, name));
  for (const name of programs) writeFileSync(join(root, "bin", name), "");
  for (const name of libraries) writeFileSync(join(root, "lib", name), "");
  return join(root, "bin");
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "find-citus-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

test("SANDBOX_PGBIN is taken when citus.so lies in its library folder", () => {
  const bin = installation({ programs: ["postgres", "initdb"], libraries: ["citus.so"] });
  vi.stubEnv("SANDBOX_PGBIN", bin);
  expect(findCitus()).toEqual({ bin });
});

test.each([
  [{ programs: ["postgres", "initdb"], libraries: ["pgoutput.so"] }, "holds no citus.so"],
  [{ programs: ["postgres"], libraries: ["citus.so"] }, "holds no initdb"],
])(
  "SANDBOX_PGBIN without %o is not replaced by another installation, and the reason is said",
  async (parts, reason) => {
    vi.stubEnv("SANDBOX_PGBIN", installation(parts));
    expect(findCitus()).toEqual({ bin: null, because: expect.stringContaining(reason) });
    const engine = await chooseEngine({ engine: "citus" });
    await expect(engine.install(root, null)).rejects.toThrow(reason);
  },
);

test("the demo takes the real engine where there is one and the stand-in where there is none; tests take the stand-in", async () => {
  vi.stubEnv("SANDBOX_ENGINE", undefined);
  vi.stubEnv("SANDBOX_PGBIN", installation({ programs: ["postgres", "initdb"], libraries: ["citus.so"] }));
  expect((await chooseEngine({ pace: "demo" })).name).toBe("citus");
  expect((await chooseEngine({ pace: "test" })).name).toBe("stand-in");
  rmSync(join(root, "lib", "citus.so"));
  expect((await chooseEngine({ pace: "demo" })).name).toBe("stand-in");
});

test("an engine that does not exist is refused by name", async () => {
  vi.stubEnv("SANDBOX_ENGINE", "oracle");
  await expect(chooseEngine({})).rejects.toThrow('SANDBOX_ENGINE is "oracle"');
});
