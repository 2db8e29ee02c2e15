import "server-only";
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import type { AuditHead } from "@/lib/domain/audit";
import { acknowledgeInside } from "@/server/audit/append";
import { lineOf } from "@/server/audit/chain";
import { foundInLines } from "@/server/audit/lines";
import { walkChain } from "@/server/audit/reads";
import { type Verified, verifyChain } from "@/server/audit/verify";
import { closeState, state } from "@/server/store/state";

export const HELP = `shardboard audit verify [file|-] [--part] [--head <number>:<hash>]…
    Checks the chain: of the console's own records, or of an export. --part: of a selection, in which records may be missing.
    --head: a head of the audit from the log; it proves that the end was not cut off.
shardboard audit export [--from <number>]
    Every record as a line of JSON on standard output; the head goes to standard error.
shardboard audit acknowledge --by <name> --because <words>
    Goes on after records that do not fit. It is a record itself.
`;

const OPTIONS = {
  part: { type: "boolean" },
  head: { type: "string", multiple: true },
  from: { type: "string" },
  by: { type: "string" },
  because: { type: "string" },
} as const;
type Values = ReturnType<typeof parse>["values"];

/** `shardboard audit …`. 0: done; 1: the chain does not fit; 2: it was asked wrongly. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { positionals, values } = parse(args);
    const [command, file] = positionals;
    if (command === "verify") return tellVerdict(await verify(file, values));
    if (command === "export" && file === undefined) return await exportAll(values);
    if (command === "acknowledge" && file === undefined) return await acknowledge(values);
    process.stderr.write(HELP);
    return 2;
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 2;
  } finally {
    await closeState();
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

async function verify(file: string | undefined, { part = false, head = [] }: Values): Promise<Verified> {
  const expected = { isPart: part, heads: head.map(headOf) };
  if (file === undefined) return verifyChain(walkChain(await state()), expected);
  const bytes = file === "-" ? process.stdin : createReadStream(file);
  return verifyChain(foundInLines(bytes), expected);
}

function tellVerdict({ count, head, misfit }: Verified): number {
  if (misfit) {
    const where = misfit.seq === null ? "" : `record #${misfit.seq}: `;
    process.stdout.write(`The audit does not fit. ${where}${misfit.why}. ${count} records before it fit.\n`);
    return 1;
  }
  const end = head === null ? "" : ` The head is ${head.seq}:${head.hash}.`;
  process.stdout.write(`${count} records fit.${end}\n`);
  return 0;
}

async function exportAll({ from = "1" }: Values): Promise<number> {
  let head: AuditHead | null = null;
  for await (const { seq, record } of walkChain(await state(), numberOf(from))) {
    if (!record) {
      process.stderr.write(`Record #${seq ?? "?"} cannot be read; the export ends before it.\n`);
      return 1;
    }
    head = { seq: record.seq, hash: record.hash };
    // A slow reader is waited for: the whole audit does not fit into memory.
    if (!process.stdout.write(`${lineOf(record)}\n`))
      await new Promise((resume) => process.stdout.once("drain", resume));
  }
  process.stderr.write(head === null ? "There are no records.\n" : `The head is ${head.seq}:${head.hash}.\n`);
  return 0;
}

async function acknowledge({ by = "", because = "" }: Values): Promise<number> {
  if (!by.trim() || !because.trim()) throw new Error("--by and --because say who looked at it and what came of it.");
  const database = await state();
  const { misfit } = await verifyChain(walkChain(database));
  if (!misfit) throw new Error("Every record fits: there is nothing to acknowledge.");
  const details = { by, because, misfit: { seq: misfit.seq, why: misfit.why } };
  const { seq } = await database.transaction((inside) => acknowledgeInside(inside, details));
  process.stdout.write(
    `Acknowledged as record #${seq}. The chain is not mended: #${misfit.seq ?? "?"} still does not fit.\n`,
  );
  return 0;
}

function headOf(text: string): AuditHead {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new Error(`A head is <number>:<hash>, as the log has it; not "${text}".`);
  return { seq: Number(seq), hash };
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`"${text}" is not the number of a record.`);
  return Number(text);
}
