import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

type ImportRule = { in: RegExp; mayNotImport: RegExp; except?: RegExp; because: string };
type TextRule = { in: RegExp; pattern: RegExp; because: string };

/** Who may know whom. Paths are from the root of the repository. */
const IMPORT_RULES: readonly ImportRule[] = [
  {
    in: /^components\//,
    mayNotImport: /^(server|app)\//,
    except: /^server\/actions\/[a-z-]+$/,
    because: "components get data from lib/queries; of the server they may hold only the stubs of actions",
  },
  {
    in: /^components\/(ui|charts)\//,
    mayNotImport: /^(lib\/queries|components\/(?!ui|charts)|server)/,
    because: "primitives know no cluster",
  },
  {
    in: /^lib\/queries\//,
    mayNotImport: /^server\//,
    except: /^server\/actions\/[a-z-]+$/,
    because: "the browser may hold action stubs, nothing else of the server",
  },
  { in: /^lib\/(?!queries\/)/, mayNotImport: /^(server|components|app)\//, because: "lib is the ground floor" },
  {
    in: /^lib\/domain\//,
    mayNotImport: /^(?!zod$|lib\/domain\/|lib\/errors$|lib\/format\/)/,
    because: "domain is types, zod, arithmetic and the sentences built from them",
  },
  {
    in: /^server\//,
    mayNotImport: /^(components|app|lib\/queries)\//,
    because: "the server does not know its screens",
  },
  {
    in: /^(app|server\/(actions|http))\//,
    mayNotImport: /^server\/(pg|sql)\//,
    because: "pages, routes and actions call an area's reads and changes",
  },
  {
    in: /^(?!server\/pg\/|server\/store\/postgres|server\/changes\/define|sandbox\/|bench\/|e2e\/|scripts\/)/,
    mayNotImport: /^pg$/,
    because: "only server/pg speaks to pg, and server/store/postgres for the console's own state",
  },
  {
    in: /^(?!server\/pg\/|server\/sql\/|server\/changes\/define)/,
    mayNotImport: /^server\/pg\/sql$/,
    because: "SQL text lives in server/sql",
  },
  {
    in: /^server\/(?!metrics\/(worker|keeper|history|answers|layout-keeper|layout-reads)\.ts$|testing\/|store\/metrics)/,
    mayNotImport:
      /^server\/(store\/(metrics(-migrations)?|layouts)|metrics\/(worker|keeper|history|answers|layout-keeper|layout-reads))$/,
    because: "only the worker thread opens the history: nothing that serves a request waits for its disk",
  },
  {
    in: /^server\/sql\//,
    mayNotImport: /^server\/(?!pg\/(sql|columns)$|sql\/)/,
    because: "a statement knows nothing but SQL and its row",
  },
  {
    in: /^(app|components|lib|server)\//,
    mayNotImport: /^(sandbox|bench|e2e|scripts)\//,
    except: /^sandbox\/(connect|types)$/,
    because: "the console never knows which engine it talks to",
  },
];

const TEXT_RULES: readonly TextRule[] = [
  {
    in: /^server\/(?!pg\/pools\.ts|store\/)/,
    pattern: /new pg\.(Client|Pool)\(/,
    because: "a connection to a cluster is a Session, built from our own options and looked at before it is used",
  },
  {
    in: /^(?!server\/actions\/)/,
    pattern: /^"use server"/m,
    because: "every export of such a file is a public endpoint",
  },
  {
    in: /^server\/actions\/(?!wrap(-console)?\.ts)/,
    pattern: /^export const \w+ = (?!(askAction|previewAction|changeAction|deedAction|openAction|personAction)\()/m,
    because: "an action is made by server/actions/wrap, which checks and records",
  },
  {
    in: /^server\/actions\/(?!wrap(-console)?\.ts)/,
    pattern: /^export (?!const |type )/m,
    because: "an action is made by server/actions/wrap, which checks and records",
  },
  {
    in: /^server\/actions\/(?!(wrap-console|sign-in)\.ts)/,
    pattern: /\bopenAction\b/,
    because: "only signing in needs no session; whatever else is open to everybody is a hole",
  },
  {
    in: /^app\/api\//,
    pattern: /^export (?!const GET = cluster\w+\()/m,
    because: "routes only read, through the wrapper server/http/cluster-get",
  },
  {
    in: /^app\/(?!\(sign-in\)\/).*page\.tsx$/,
    pattern: /^(?![\s\S]*\bawait (clusterPage|pageActor)\()/,
    because:
      "each page asks who looks at it: a layout is not drawn again when a page is, and a request may ask for the page alone",
  },
  {
    in: /^server\/sql\//,
    pattern: /(?<!\*\/\n)^(export )?const \w+ = (statement|nodeQuestion)[(<]/m,
    because: "a statement says why it exists",
  },
  {
    in: /^(app|components)\//,
    pattern: /(?:href=|push\(|replace\(|redirect\()\{?\s*["'`]\/(?!\/)/,
    because: "addresses come from lib/routes",
  },
  {
    in: /^(?!server\/env\.ts|next\.config|instrumentation|playwright|vitest|scripts\/|sandbox\/|bench\/|e2e\/)/,
    pattern: /process\.env/,
    because: "server/env is the only reader of the environment",
  },
  {
    in: /^(app|components|lib|server)\//,
    pattern: /dangerouslySetInnerHTML|instanceof AppError(?! \? )/,
    because: "names from a database are never HTML, and AppError is recognised by kind",
  },
  {
    in: /^(app|components|lib|server\/(?!testing\/|tables\/testing|pg\/run-on|store\/postgres-))/,
    pattern: /\.query(?:<[^(]*>)?\(\s*`[^`]*\$\{/,
    because: "a text that is put together can hold what somebody typed; a statement's values travel as $n",
  },
  {
    in: /^(app|server)\//,
    pattern: /visibleAnswer/,
    because:
      "what is not seen is written out once, where the browser takes an answer; twice would write out the writing",
  },
  {
    in: /^(app|components)\/.*\.(tsx|css)$/,
    pattern: /(?<!&)#[0-9a-fA-F]{3,8}\b(?=["'; ,)])/,
    because: "a literal colour outside app/tokens.css is a mistake",
  },
];

const MAX_LINES = 300;
const SERVER_START = /^(import "server-only";|"use server";)/;
const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g;
const TOPS = ["app", "components", "lib", "server"];

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(path);
    return /\.(tsx?|css)$/.test(entry.name) && !/\.i?test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Everything in the tree under `root` that breaks a rule of the house, each with its because. */
export function violations(root: string): string[] {
  return TOPS.flatMap((top) => sources(join(root, top))).flatMap((file) => {
    const from = relative(root, file).replaceAll("\\", "/");
    const source = readFileSync(file, "utf8");
    return [
      ...shapeViolations(from, source),
      ...textViolations(from, source),
      ...importViolations(root, file, from, source),
    ];
  });
}

function shapeViolations(from: string, source: string): string[] {
  const lines = source.split("\n").length;
  const isServer = from.startsWith("server/") && from.endsWith(".ts");
  return [
    ...(lines > MAX_LINES ? [`${from}: ${lines} lines, because a file over ${MAX_LINES} is two rooms in one`] : []),
    ...(isServer && !SERVER_START.test(source)
      ? [`${from}: because a server file begins with import "server-only"`]
      : []),
    ...(/^export \* from/m.test(source) ? [`${from}: because a barrel hides where things live`] : []),
  ];
}

function textViolations(from: string, source: string): string[] {
  if (from === "app/tokens.css" || from.startsWith("lib/testing/architecture")) return [];
  return TEXT_RULES.filter((rule) => rule.in.test(from) && rule.pattern.test(source)).map(
    (rule) => `${from}: because ${rule.because}`,
  );
}

function importViolations(root: string, file: string, from: string, source: string): string[] {
  return [...source.matchAll(IMPORT)].flatMap((match) => {
    const raw = match[1] ?? match[2] ?? "";
    const target = raw.startsWith("@/")
      ? raw.slice(2)
      : raw.startsWith(".")
        ? relative(root, join(file, "..", raw))
        : raw;
    return [...rulesBroken(from, target), ...areaBroken(from, target)].map(
      (because) => `${from} imports ${raw}: because ${because}`,
    );
  });
}

function rulesBroken(from: string, target: string): string[] {
  return IMPORT_RULES.filter(
    (rule) => rule.in.test(from) && rule.mayNotImport.test(target) && !rule.except?.test(target),
  ).map((rule) => rule.because);
}

/** Rooms everybody may enter; the other folders of components are areas that know nothing of each other. */
const SHARED = new Set(["ui", "charts", "shell", "change", "live"]);

function areaBroken(from: string, target: string): string[] {
  const [, own] = /^components\/([^/]+)\//.exec(from) ?? [];
  const [, other] = /^components\/([^/]+)\//.exec(target) ?? [];
  if (!own || !other || own === other || SHARED.has(other)) return [];
  return ["one area of components does not know another"];
}
