import { Select } from "@/components/ui/select";
import { colocationChoices, type ScopeChoice, tableChoices, WHOLE_CLUSTER } from "@/lib/domain/balance-scope";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";

type Props = { picture: ClusterPicture; chosen: ScopeChoice; onChoose: (name: string) => void };

/** Whole cluster, one colocation group, one table. */
export function ScopePicker({ picture, chosen, onChoose }: Props) {
  const options = [
    { value: WHOLE_CLUSTER.name, label: WHOLE_CLUSTER.label },
    ...colocationChoices(picture).map(({ name, label }) => ({ value: name, label: `Colocation group ${label}` })),
    ...tableChoices(picture).map(({ name, label }) => ({ value: name, label: `Table ${label}` })),
  ];
  return <Select label="Balance of" value={chosen.name} options={options} onChange={onChoose} className="max-w-80" />;
}
