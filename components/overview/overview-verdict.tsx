import { LinkButton } from "@/components/ui/link-button";
import { Verdict } from "@/components/ui/verdict";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { overviewVerdict, type UnderWay } from "@/lib/domain/overview-verdict";
import { routes } from "@/lib/routes";

type Props = { clusterId: ClusterId; picture: ClusterPicture; underWay: UnderWay };

export function OverviewVerdict({ clusterId, picture, underWay }: Props) {
  const { phrases, suggestsRebalance } = overviewVerdict(picture, underWay);
  const actions = suggestsRebalance === true && (
    <LinkButton href={routes.rebalance(clusterId)} variant="primary" icon="arrow-right">
      Review plan
    </LinkButton>
  );
  return (
    <Verdict actions={actions || undefined}>
      {phrases.map(({ text, strong }) =>
        strong ? <strong key={text}>{text}</strong> : <span key={text}>{text}</span>,
      )}
    </Verdict>
  );
}
