import { Bar } from "./bar";

type Props = { fraction: number | null; label: string; colour?: string; className?: string };

/** How far a job is. null: the amount of work is not known yet, so nothing is filled and nothing is claimed. */
export function Progress({ fraction, label, colour, className }: Props) {
  const percent = fraction === null ? undefined : Math.floor(fraction * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={className}
    >
      <Bar fraction={fraction ?? 0} {...(colour !== undefined && { colour })} className="h-2" />
    </div>
  );
}
