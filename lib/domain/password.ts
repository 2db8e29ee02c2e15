import { ALLOWED, refused, type Verdict } from "./cluster";

export const SHORTEST_PASSWORD = 12;
/** Longer ones are refused whole: cutting one would make two different passwords equal. */
export const LONGEST_PASSWORD = 256;
const FEWEST_DIFFERENT = 5;

/** As it is hashed and compared: two ways to type the same letter are the same letter. */
export function normalPassword(typed: string): string {
  return typed.normalize("NFKC");
}

/** May this be somebody's password, and if not, what would be better. Length decides; there are no rules about kinds of letters. */
export function mayBePassword(typed: string, name: string): Verdict {
  const password = normalPassword(typed);
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD)
    return refused(
      `It has ${length} of at least ${SHORTEST_PASSWORD} characters. Four unrelated words are easy to keep in mind.`,
    );
  if (length > LONGEST_PASSWORD) return refused(`It has more than ${LONGEST_PASSWORD} characters.`);
  const plain = password.toLowerCase();
  if (new Set(plain).size < FEWEST_DIFFERENT || /^(.{1,8}?)\1+$/u.test(plain))
    return refused("It repeats the same few characters, which is tried first by whoever guesses.");
  if (isRun(plain)) return refused("It follows the keyboard or the alphabet, which is tried first by whoever guesses.");
  const rest = without(plain, [name.toLowerCase(), ...ROOTS]);
  if ([...rest].length < SHORTEST_PASSWORD / 2)
    return refused("Most of it is your name or a word that everybody would try here.");
  return ALLOWED;
}

/** What most passwords on the lists that are tried first are made of. A few letters more around them do not help. */
const ROOTS =
  "shardboard password passwort citus postgres admin iloveyou letmein welcome qwerty qwertz asdfgh zxcvbn monkey dragon football baseball sunshine princess superman batman master trustno1 changeme secret login default 123456 111111 000000".split(
    " ",
  );

const RUNS = [
  "0123456789012345678901234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
];

function isRun(plain: string): boolean {
  const backwards = [...plain].reverse().join("");
  return RUNS.some((run) => run.includes(plain) || run.includes(backwards));
}

function without(text: string, words: readonly string[]): string {
  return words.filter((word) => word.length > 2).reduce((rest, word) => rest.replaceAll(word, ""), text);
}
