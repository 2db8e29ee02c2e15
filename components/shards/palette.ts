import { COLOURS } from "./cell-colours";

/** A colour as the canvas wants it. */
export type Rgb = readonly [number, number, number];

/** The colours of cells in the order of `cell-colours.ts`, first as they are and then dimmed. */
export type Palette = {
  /** As words of an image: red in the lowest byte, opaque. */
  words: Uint32Array;
  /** As styles. */
  fills: readonly string[];
  /** For text on them; null: the colour carries none, and text stands on `paper`. */
  inks: readonly (string | null)[];
  paper: string;
  ink: string;
};

const STEPS = [1, 2, 3, 4, 5, 6, 7] as const;
const NODE_COLOURS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** What is left of a colour that a filter does not let through. */
const DIMMED = 0.2;

/** From the tokens of the style sheet. */
export function paletteOf(token: (name: string) => string): Palette {
  const names = [
    "--line-control",
    ...STEPS.map((step) => `--by-${step}`),
    ...STEPS.map((step) => `--ht-${step}`),
    ...NODE_COLOURS.map((node) => `--node-${node}`),
    "--text-3",
  ];
  const paper = parseHex(token("--surface-1"));
  const full = names.map((name) => parseHex(token(name)));
  const all = [...full, ...full.map((colour) => mixed(colour, paper))];
  const inks = names.map((name) => {
    const [, sequence, step] = /^--(by|ht)-(\d)$/.exec(name) ?? [];
    return sequence ? styleOf(parseHex(token(`--${sequence}-on-${step}`))) : null;
  });
  return {
    words: Uint32Array.from(all, wordOf),
    fills: all.map(styleOf),
    inks: [...inks, ...inks.map(() => null)],
    paper: styleOf(paper),
    ink: styleOf(parseHex(token("--text-1"))),
  };
}

/** Whether the colour at this place is one that a filter does not let through. */
export function isDimmed(place: number): boolean {
  return place >= COLOURS;
}

/** Tokens are written as six or three hexadecimal digits; anything else would be a mistake there, and shows as grey. */
export function parseHex(text: string): Rgb {
  const [, digits = "808080"] = /^\s*#([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(text) ?? [];
  const six = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const part = (position: number) => Number.parseInt(six.slice(position, position + 2), 16);
  return [part(0), part(2), part(4)];
}

function mixed(colour: Rgb, paper: Rgb): Rgb {
  const part = (channel: 0 | 1 | 2) => Math.round(colour[channel] * DIMMED + paper[channel] * (1 - DIMMED));
  return [part(0), part(1), part(2)];
}

function wordOf([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function styleOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
