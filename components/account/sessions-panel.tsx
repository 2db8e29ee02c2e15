"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { TitledPanel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { browserName } from "@/lib/domain/browser-name";
import type { OwnSession } from "@/lib/domain/person";
import { useEndOtherSessions, useEndOwnSession } from "@/lib/queries/account";

const BY: Record<OwnSession["signedInBy"], string> = {
  password: "password",
  link: "link",
  oidc: "sign-in provider",
  proxy: "proxy",
};

/** Every browser in which the person is signed in, and the way to end each. */
export function SessionsPanel({ sessions }: { sessions: readonly OwnSession[] }) {
  const router = useRouter();
  const ending = useEndOwnSession();
  const endingOthers = useEndOtherSessions();
  const error = ending.error ?? endingOthers.error;
  const done = { onSettled: () => router.refresh() };
  const none = sessions.some((session) => !session.isThis) ? undefined : "You are signed in here only.";
  return (
    <TitledPanel
      title="Where you are signed in"
      note="Over after 30 minutes without a look, and after 12 hours."
      actions={
        <Button
          size="sm"
          because={none}
          busy={endingOthers.isPending}
          onClick={() => endingOthers.mutate(undefined, done)}
        >
          End all others
        </Button>
      }
    >
      {error && <ProblemBanner problem={problemOf(error)} className="m-3" />}
      <Table label="Your sessions">
        <thead>
          <tr>
            <Th>Browser</Th>
            <Th>From</Th>
            <Th>By</Th>
            <Th>Since</Th>
            <Th>Last look</Th>
            <Th>
              <span className="sr-only">End it</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <Tr key={session.id}>
              <Td title={session.browser}>
                {browserName(session.browser)} {session.isThis && <Chip tone="info">this one</Chip>}
              </Td>
              <Td mono>{session.from}</Td>
              <Td>{BY[session.signedInBy]}</Td>
              <Td>
                <Time at={session.createdAt} show="date-time" />
              </Td>
              <Td>
                <Time at={session.seenAt} />
              </Td>
              <Td right>
                {!session.isThis && (
                  <Button
                    size="sm"
                    variant="quiet"
                    busy={ending.isPending && ending.variables === session.id}
                    onClick={() => ending.mutate(session.id, done)}
                  >
                    End
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TitledPanel>
  );
}
