import "server-only";
import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type FileConfig, fileSchema } from "./schema";

/** Words for keys that people try and that mean something else here. */
const INSTEAD: Record<string, string> = {
  password: "secrets stand in files: use password_file",
  client_secret: "secrets stand in files: use client_secret_file",
  color: "it is called colour",
  sslmode: "TLS is always verified: see tls and allow_insecure",
  coordinator: "it is called coordinators, a list",
};

/** Reads shardboard.yaml. @throws Error that names the file, the line and the key of everything that is wrong */
export function readConfigFile(path: string): FileConfig {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`The configuration file ${path} cannot be read.`, { cause });
  }
  return parseConfig(text, path);
}

/** See readConfigFile; `path` is for the messages. */
export function parseConfig(text: string, path: string): FileConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) throw new Error(`${path}: ${broken.message}`);
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.flatMap((issue) => sentencesOf(issue, document, lines));
  throw new Error(`${path} is not a configuration that the console understands.\n${found.join("\n")}`);
}

function sentencesOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string[] {
  const place = (keys: readonly PropertyKey[]) => `line ${lineOf(keys, document, lines) ?? "?"}: ${pathOf(keys)}`;
  if (issue.code !== "unrecognized_keys") return [`  ${place(issue.path)}: ${issue.message}`];
  return issue.keys.map((key) => {
    const instead = INSTEAD[key];
    return `  ${place([...issue.path, key])}: there is no such key${instead ? ` (${instead})` : ""}`;
  });
}

function pathOf(keys: readonly PropertyKey[]): string {
  const text = keys.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.replace(/^\./, "") || "the file";
}

/** The line of the key itself; where that is missing, of what it is missing in. */
function lineOf(keys: readonly PropertyKey[], document: Document, lines: LineCounter): number | undefined {
  const offset = offsetOf(keys, document);
  if (offset !== undefined) return lines.linePos(offset).line;
  return keys.length === 0 ? 1 : lineOf(keys.slice(0, -1), document, lines);
}

function offsetOf(keys: readonly PropertyKey[], document: Document): number | undefined {
  const last = keys.at(-1);
  const parent = keys.length > 1 ? document.getIn(keys.slice(0, -1), true) : document.contents;
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    if (isScalar(pair?.key)) return pair.key.range?.[0];
  }
  const node = keys.length > 0 ? document.getIn(keys, true) : document.contents;
  return isNode(node) ? node.range?.[0] : undefined;
}
