import { runE2e } from "./steps/e2e.ts";
import { closingLine } from "./steps/tally.ts";

/** The browser suites alone; further words go to Playwright: npm run e2e -- e2e/journey.spec.ts */
const tally = await runE2e(undefined, process.argv.slice(2));
console.log(closingLine(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
