import { Icon } from "@/components/ui/icon";

/** That statements stand here without their literals, and why. */
export function LiteralsHidden({ because }: { because: string }) {
  return (
    <p className="flex items-center gap-1.5 text-12 text-text-2">
      <Icon name="lock" className="size-3.5 flex-none" />
      <span>
        <span className="font-medium">Literals hidden.</span> {because}
      </span>
    </p>
  );
}
