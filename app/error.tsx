"use client";
import { Brand } from "@/components/shell/brand";
import { Button } from "@/components/ui/button";
import { ProblemBanner } from "@/components/ui/problem-banner";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** The last net: a page that broke while it was drawn. The digest finds the cause in the server's log. */
export default function ErrorPage({ error, reset }: Props) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl place-content-center gap-3 p-5">
      <Brand />
      <h1 className="sr-only">Error</h1>
      <ProblemBanner
        problem={{
          code: "internal",
          detail: error.message,
          traceId: error.digest ?? "none: it happened in the browser",
        }}
        consequence="This page cannot be drawn. Nothing on the cluster was changed by that, and running jobs go on."
        action={<Button onClick={reset}>Draw it again</Button>}
      />
    </main>
  );
}
