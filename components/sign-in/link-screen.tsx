"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { QueryState } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import { linkTokenSchema } from "@/lib/domain/person";
import { linkQuery } from "@/lib/queries/sign-in";
import { routes } from "@/lib/routes";
import { LinkForm } from "./link-form";

/** A link that somebody was given. Its token is taken out of the address at once, so that it stays in no history. */
export function LinkScreen() {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const parsed = linkTokenSchema.safeParse(window.location.hash.slice(1));
    setToken((known) => (parsed.success ? parsed.data : (known ?? null)));
    window.history.replaceState(window.history.state, "", routes.link());
  }, []);
  if (token === undefined) return <LinkSkeleton />;
  if (token === null)
    return (
      <>
        <h1 className="sr-only">Sign in by a link</h1>
        <EmptyState
          kind="no-match"
          detail="Open the link as it was given, to its last character. Reloading this page loses it."
          action={<LinkButton href={routes.signIn()}>Sign in with a password</LinkButton>}
        >
          There is no link in this address.
        </EmptyState>
      </>
    );
  return <KnownLink token={token} />;
}

function KnownLink({ token }: { token: string }) {
  const link = useQuery(linkQuery(token));
  return (
    <>
      {link.data === undefined && <h1 className="sr-only">Sign in by a link</h1>}
      <QueryState query={link} skeleton={<LinkSkeleton />}>
        {(facts) => <LinkForm token={token} facts={facts} />}
      </QueryState>
      {link.error && <LinkButton href={routes.signIn()}>Sign in with a password</LinkButton>}
    </>
  );
}

function LinkSkeleton() {
  return (
    <div role="status" aria-label="The link is being looked at" className="grid gap-3">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
