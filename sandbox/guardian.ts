/**
 * Outlives the program that owns a sandbox, by a moment: its standard input is a pipe that only the owner holds, so however
 * the owner ends (Ctrl-C, a crash, kill -9) the pipe closes, and what is left of the sandbox is stopped and removed.
 */
import { tearDown } from "./cluster/teardown.ts";

const [dir] = process.argv.slice(2);
if (!dir) throw new Error("guardian.ts needs the sandbox's folder");
process.stdin.resume();
process.stdin.once("end", () => void tearDown(dir));
