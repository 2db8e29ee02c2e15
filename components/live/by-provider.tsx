"use client";
import { buttonLook } from "@/components/ui/button-look";
import { routes } from "@/lib/routes";

/** The way through the sign-in provider, in a tab of its own: what is typed here stays. */
export function ByProvider({ name, isProof = false }: { name: string; isProof?: boolean }) {
  return (
    <p className="flex flex-col items-start gap-1 text-text-2">
      <a
        href={routes.provider(routes.account(), isProof)}
        target="_blank"
        rel="noreferrer"
        className={buttonLook({ variant: "default", size: "md" })}
      >
        Prove it with {name}
      </a>
      <span className="text-12">
        Opens in a tab of its own. Come back to this one when your account is shown there.
      </span>
    </p>
  );
}
