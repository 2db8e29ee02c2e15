import Link from "next/link";
import { StatusWord } from "@/components/ui/status-word";

type Props = { href: string; children: string };

/** "Rebalance 69 %, 41 s left": seen on every screen, because a job started here goes on everywhere. */
export function RunningJob({ href, children }: Props) {
  return (
    <Link href={href} className="flex text-12 no-underline max-sm:sr-only">
      <StatusWord tone="running">{children}</StatusWord>
    </Link>
  );
}
