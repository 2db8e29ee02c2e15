import { DialogSection } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";

const MOST = 500;

type Props = { value: string; onChange: (reason: string) => void };

/** Why it is done, for whoever reads the audit later. Nothing hangs on it. */
export function ReasonField({ value, onChange }: Props) {
  return (
    <DialogSection>
      <TextField
        label="Reason, for the audit (optional)"
        maxLength={MOST}
        autoComplete="off"
        placeholder="a ticket, a name, a sentence"
        value={value}
        onChange={onChange}
      />
    </DialogSection>
  );
}
