"use client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import { SCREENS } from "./nav";
import { useSingleKeys } from "./single-keys";

const KEYS: readonly (readonly [string, string])[] = [
  ["Ctrl K", "Find a screen, node or table"],
  ["/", "Go to the filter of the screen"],
  ["?", "Show these keys"],
  ["Arrows", "Walk a table or the shard map"],
  ["Enter", "Open the row or block"],
  ["Esc", "Close, and go back to where you were"],
];

/** `?`: what the keyboard does, and the switch for keys without Ctrl. */
export default function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const rows = [...KEYS, ...SCREENS.map((screen) => [`g ${screen.letter}`, `Go to ${screen.label}`] as const)];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keys"
      width={480}
      footer={
        <Button data-autofocus="" onClick={onClose}>
          Close
        </Button>
      }
    >
      <DialogSection>
        <dl className="grid grid-cols-[88px_1fr] gap-y-1.5">
          {rows.map(([key, what]) => (
            <div key={key} className="contents">
              <dt>
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </DialogSection>
      <DialogSection>
        <Switch
          label="Keys without Ctrl"
          hint="Off, only Ctrl K is listened to: for speech input, and for hands that press keys by chance."
          checked={singleKeys}
          onChange={setSingleKeys}
        />
      </DialogSection>
    </Dialog>
  );
}
