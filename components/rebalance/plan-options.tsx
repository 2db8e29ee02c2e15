import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { MODE_AUTO, type RebalanceOptions } from "@/lib/domain/rebalance";
import { formatPercent } from "@/lib/format/percent";

type Props = {
  /** null: the choices are not known yet. */
  options: RebalanceOptions | null;
  modes: readonly string[];
  /** null: what this version has is not known yet. */
  hasParallelFlags: boolean | null;
  onChange: (changed: Partial<RebalanceOptions>) => void;
  /** Another threshold to look at; null: none. */
  whatIf: number | null;
  onWhatIf: (threshold: number | null) => void;
};

const AS_IT_IS = "as it is";
const THRESHOLDS = ["0", "0.02", "0.05", "0.2", "0.5"] as const;

const SINCE_13_2 = "Citus 13.2 brought this flag; this cluster's version has not got it.";

/** Everything citus_rebalance_start can be told besides the strategy. */
export function PlanOptions({ options, modes, hasParallelFlags, onChange, whatIf, onWhatIf }: Props) {
  const mode = options?.mode ?? MODE_AUTO;
  const because = hasParallelFlags === false ? SINCE_13_2 : undefined;
  return (
    <div className="grid content-start gap-3 border-line border-r px-3.5 py-3 max-lg:border-r-0 max-lg:border-b">
      <h2 className="text-13 leading-5">Options</h2>
      <Select
        label="Transfer mode"
        value={mode}
        mono
        options={(modes.length > 0 ? modes : [mode]).map((one) => ({ value: one, label: one }))}
        onChange={(next) => onChange({ mode: next })}
        className="justify-between"
      />
      <Switch
        label="Copy reference tables in parallel"
        checked={options?.parallelReferenceTables ?? false}
        because={because}
        onChange={(parallelReferenceTables) => onChange({ parallelReferenceTables })}
      />
      <Switch
        label="Move colocated shards in parallel"
        checked={options?.parallelColocatedShards ?? false}
        because={because}
        onChange={(parallelColocatedShards) => onChange({ parallelColocatedShards })}
      />
      <Switch
        label="Only empty closed nodes"
        hint="Moves nothing but what lies on nodes that may not hold shards."
        checked={options?.drainOnly ?? false}
        onChange={(drainOnly) => onChange({ drainOnly })}
      />
      <Select
        label="What if the threshold were"
        value={whatIf === null ? AS_IT_IS : String(whatIf)}
        options={[
          { value: AS_IT_IS, label: AS_IT_IS },
          ...THRESHOLDS.map((one) => ({ value: one, label: formatPercent(Number(one)) })),
        ]}
        onChange={(next) => onWhatIf(next === AS_IT_IS ? null : Number(next))}
        className="justify-between border-line border-t pt-3"
      />
    </div>
  );
}
