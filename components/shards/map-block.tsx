import clsx from "clsx";
import { memo } from "react";
import { isHatched } from "@/components/ui/node-colour";
import { fits } from "./block-size";

type Props = {
  spot: string;
  groupId: number;
  /** What is heard. */
  label: string;
  /** "4.4", or null where the size is not known. */
  size: string | null;
  width: number;
  height: number;
  background: string;
  /** The text on it; undefined: the label stands on a chip of its own, because the colour carries no text. */
  ink: string | undefined;
  nodeId: number;
  isNodeColoured: boolean;
  isLeaving: boolean;
  /** A filter does not let it through. */
  isDimmed: boolean;
  isSelected: boolean;
  /** What stands above a block that was found. */
  foundTip: string | null;
  isTabStop: boolean;
};

/** One shard group on one node. Width and colour say how large it is; what it is called is said in full to whoever listens. */
export const MapBlock = memo(function MapBlock(props: Props) {
  const { groupId, size, width, height, background, ink, foundTip } = props;
  const isUnknown = size === null;
  const name = String(groupId).slice(-3);
  const amount = size ?? "—";
  const hatched = isUnknown || props.isLeaving || (props.isNodeColoured && isHatched(props.nodeId, false));
  const chip = hatched || ink === undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: blocks wrap into lines, which cells of a table cannot
    <div
      role="gridcell"
      tabIndex={props.isTabStop ? 0 : -1}
      data-spot={props.spot}
      data-ink=""
      aria-label={props.label}
      aria-selected={props.isSelected}
      title={props.label}
      className={clsx(
        "relative flex flex-none cursor-pointer flex-col items-center justify-center gap-[5px] rounded-1 font-medium font-mono text-11 leading-none",
        hatched && "hatch",
        props.isDimmed && "opacity-25",
        foundTip !== null && "z-2 outline-2 outline-text-1 outline-offset-2",
        props.isSelected && foundTip === null && "z-1 outline-2 outline-accent outline-offset-1",
      )}
      style={{ width, height, backgroundColor: background, color: ink ?? "var(--text-1)" }}
    >
      <span
        aria-hidden="true"
        className={clsx(
          "flex flex-col items-center gap-[5px]",
          chip && fits(name, width) && "rounded-[2px] bg-surface-1 px-0.5 py-[3px] text-text-1",
        )}
      >
        {fits(name, width) && <Drawn text={name} />}
        {fits(amount, width) && height > 40 && <Drawn text={amount} light />}
      </span>
      {foundTip !== null && (
        <span className="pointer-events-none absolute bottom-full left-1/2 z-4 mb-1.5 -translate-x-1/2 whitespace-nowrap rounded-1 bg-text-1 px-1.5 py-0.5 font-sans text-11 text-surface-1 leading-[14px]">
          {foundTip}
        </span>
      )}
    </div>
  );
});

/**
 * Text for the eye alone, made by the style sheet: what is heard is the label, which says the same in full. As text it
 * would have to be a part of that label, word for word, for people who speak to their computer.
 */
function Drawn({ text, light = false }: { text: string; light?: boolean }) {
  return <span data-text={text} className={clsx("before:content-[attr(data-text)]", light && "font-normal")} />;
}
