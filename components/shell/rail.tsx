"use client";
import clsx from "clsx";
import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { SrOnly } from "@/components/ui/sr-only";
import type { ClusterId } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";
import { Brand } from "./brand";
import type { ClusterHead } from "./cluster-head";
import { ClusterPlate } from "./cluster-plate";
import { SCREEN_GROUPS, type Screen, type ScreenId } from "./nav";
import { PersonMenu } from "./person-menu";
import type { RailNumber, RailNumbers } from "./rail-numbers";

export type RailProps = {
  clusterId: ClusterId;
  cluster: ClusterHead;
  current: ScreenId | undefined;
  numbers: RailNumbers;
  onGo?: () => void;
};

/** Brand, cluster, screens, and who you are. Drawn once beside the page and once in the drawer of small windows. */
export function Rail({ clusterId, cluster, current, numbers, onGo }: RailProps) {
  return (
    <div className="flex h-full flex-col overflow-y-auto px-2 pb-2.5">
      <Link href={routes.home()} className="text-text-1 no-underline" {...(onGo && { onClick: onGo })}>
        <Brand />
      </Link>
      <ClusterPlate cluster={cluster} onGo={onGo} />
      <nav aria-label="Screens">
        {SCREEN_GROUPS.map((group) => (
          <div key={group.label ?? ""}>
            {group.label !== null && <h2 className="px-2 pt-3 pb-1 font-medium text-11 text-text-3">{group.label}</h2>}
            <ul>
              {group.screens.map((screen) => (
                <li key={screen.id}>
                  <Entry
                    screen={screen}
                    address={screen.address(clusterId)}
                    isCurrent={screen.id === current}
                    number={numbers[screen.id]}
                    onGo={onGo}
                  />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <span className="flex-1" />
      {cluster.actor !== undefined && (
        <div className="mt-2 flex-none">
          <PersonMenu {...cluster.actor} />
        </div>
      )}
    </div>
  );
}

type EntryProps = {
  screen: Screen;
  address: string;
  isCurrent: boolean;
  number: RailNumber | undefined;
  onGo: (() => void) | undefined;
};

function Entry({ screen, address, isCurrent, number, onGo }: EntryProps) {
  return (
    <Link
      href={address}
      aria-current={isCurrent ? "page" : undefined}
      {...(onGo && { onClick: onGo })}
      className={clsx(
        "flex h-7 items-center gap-[9px] rounded-2 px-2 font-medium no-underline transition-colors",
        isCurrent ? "bg-surface-3 text-text-1" : "text-text-2 hover:bg-surface-2",
      )}
    >
      <Icon name={screen.icon} className={clsx("size-4", !isCurrent && "text-text-3")} />
      {screen.label}
      {number && <NumberBeside {...number} />}
    </Link>
  );
}

const NUMBER_TONE = { warn: "text-warn", bad: "text-bad", running: "text-accent" } as const;

function NumberBeside({ text, spoken, tone }: RailNumber) {
  return (
    <span className={clsx("ml-auto text-11", tone ? NUMBER_TONE[tone] : "text-text-3")}>
      <span aria-hidden="true">{text}</span>
      <SrOnly>, {spoken ?? text}</SrOnly>
    </span>
  );
}
