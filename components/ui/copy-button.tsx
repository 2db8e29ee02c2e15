"use client";
import { useEffect, useState } from "react";
import { Button } from "./button";
import type { ButtonSize } from "./button-look";
import { SrOnly } from "./sr-only";

type Props = { text: string; label?: string; size?: ButtonSize };
type Outcome = "copied" | "refused" | undefined;

const WORDS = { copied: "Copied", refused: "Copying was refused" } as const;

/** Puts text on the clipboard and says whether that worked: a browser may refuse, for instance without TLS. */
export function CopyButton({ text, label = "Copy", size = "sm" }: Props) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("refused"); // said on the button: the text is still there to be selected
    }
  }
  return (
    <>
      <Button size={size} icon={outcome === "copied" ? "check" : "copy"} onClick={copy}>
        {outcome === undefined ? label : WORDS[outcome]}
      </Button>
      <SrOnly aria-live="polite">{outcome === undefined ? "" : WORDS[outcome]}</SrOnly>
    </>
  );
}
