import type { Finding, FindingFacts } from "./finding";
import { NODE_RULES } from "./findings-nodes";
import { REPLICATION_RULES } from "./findings-replication";
import { WORK_RULES } from "./findings-work";

const RULES = [...NODE_RULES, ...WORK_RULES, ...REPLICATION_RULES];
const WEIGHT = { bad: 0, warn: 1, info: 2 };

export type Findings = {
  /** The worst first. */
  found: Finding[];
  /** What is true, of the rules that found nothing. */
  passing: string[];
  /** How many rules had what they need: those that found nothing, and those that found something. */
  checked: number;
  /** What could not be looked at, of the rules that lack what they need. */
  unknown: string[];
};

/** Every rule over what is known. A rule that lacks its facts neither passes nor finds. */
export function findingsOf(facts: FindingFacts): Findings {
  const result: Findings = { found: [], passing: [], checked: 0, unknown: [] };
  for (const rule of RULES) {
    const found = rule.check(facts);
    if (found === null) {
      result.unknown.push(rule.passes);
      continue;
    }
    result.checked += 1;
    if (found.length === 0) result.passing.push(rule.passes);
    else result.found.push(...found);
  }
  result.found.sort((a, b) => WEIGHT[a.tone] - WEIGHT[b.tone]);
  return result;
}
