import { DialogSection } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { TRANSFER_MODES, type TransferMode } from "@/lib/domain/node-change";

const MEANS: Record<TransferMode, string> = {
  auto: "auto: writes go on; refuses tables without a replica identity",
  force_logical: "force_logical: writes go on, but UPDATE and DELETE fail where there is no replica identity",
  block_writes: "block_writes: a shard group refuses writes while it is copied",
};

type Props = { value: TransferMode; onChange: (mode: TransferMode) => void };

/** How shards are copied, with what each way costs the writers. */
export function TransferModeSection({ value, onChange }: Props) {
  return (
    <DialogSection title="How shards are copied">
      <Select
        label="Transfer mode"
        hideLabel
        className="flex!"
        value={value}
        onChange={onChange}
        options={TRANSFER_MODES.map((mode) => ({ value: mode, label: MEANS[mode] }))}
      />
    </DialogSection>
  );
}
