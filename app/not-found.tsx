import { Brand } from "@/components/shell/brand";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { routes } from "@/lib/routes";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center">
      <Brand />
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        kind="no-match"
        detail="The address names a cluster or a screen that this console does not have, or not for you."
        action={<LinkButton href={routes.home()}>Go to the clusters</LinkButton>}
      >
        There is nothing at this address.
      </EmptyState>
    </main>
  );
}
