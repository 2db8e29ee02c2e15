import "server-only";

const [COMMA, MINUS, ZERO, NINE] = [44, 45, 48, 57];

/**
 * The whole numbers of a long text "1,2,,-4"; NaN where there is none. Without an object or a string for each of them. null: it is no such
 * text, or a double cannot hold one of them exactly.
 */
export function numbersIn(text: string): Float64Array | null {
  if (text === "") return new Float64Array(0);
  const numbers = new Float64Array(countOf(text)).fill(Number.NaN);
  let place = 0;
  let sign = 1;
  let value = Number.NaN;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? COMMA : text.charCodeAt(index);
    if (code === COMMA) {
      if (sign < 0 && Number.isNaN(value)) return null;
      numbers[place] = value * sign;
      place += 1;
      sign = 1;
      value = Number.NaN;
    } else if (code >= ZERO && code <= NINE) {
      value = (Number.isNaN(value) ? 0 : value * 10) + (code - ZERO);
      if (value > Number.MAX_SAFE_INTEGER) return null;
    } else if (code === MINUS && sign > 0 && Number.isNaN(value)) sign = -1;
    else return null;
  }
  return numbers;
}

function countOf(text: string): number {
  let count = 1;
  for (let index = text.indexOf(","); index >= 0; index = text.indexOf(",", index + 1)) count += 1;
  return count;
}
