import { type ComponentProps, useState } from "react";
import { TextField } from "@/components/ui/text-field";

type Props = Omit<ComponentProps<typeof TextField>, "onBlur" | "onKeyDown">;

/** A line of text that counts once it is left or Enter is pressed: each letter on the way would ask the cluster for another plan. */
export function SettledField({ value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState(value);
  const [settled, setSettled] = useState(value);
  // Set from outside, by a choice beside it.
  if (settled !== value) {
    setSettled(value);
    setTyped(value);
  }
  return (
    <TextField
      {...rest}
      value={typed}
      onChange={setTyped}
      onBlur={() => onChange(typed)}
      onKeyDown={(event) => event.key === "Enter" && onChange(typed)}
    />
  );
}
