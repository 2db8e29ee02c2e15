/** A sentence on its way into another one: "The coordinator does not answer" → "the coordinator does not answer". */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
