import { writeFileSync } from "node:fs";

/** A program of its own, under scripts/hooks.mjs: runs one part of the soak and writes its rows into a file. */
const [part = "", scale = "1", file = ""] = process.argv.slice(2);
const { run } = (await import(part)) as { run: (scale: number) => Promise<unknown> };
writeFileSync(file, JSON.stringify(await run(Number(scale))));
process.exit(0); // what a part left open must not keep the next one waiting
