import { SrOnly } from "./sr-only";

type Props = { because: string };

/** A value nobody knows: a dash for the eye, the reason for the ear and the pointer. Never a zero. */
export function Unknown({ because }: Props) {
  return (
    <span title={because}>
      <span aria-hidden="true">—</span>
      <SrOnly>unknown: {because}</SrOnly>
    </span>
  );
}
