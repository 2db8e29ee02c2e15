/** Four slanted shards, one of them moving. The same drawing is app/icon.svg. */
export function Brand() {
  return (
    <span className="flex h-12 items-center gap-2 px-2 font-semibold text-14 tracking-[-0.01em]">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <path d="M2 3h8l-2 5H2z" className="fill-text-1" />
        <path d="M8 10h8v5H6z" className="fill-accent" />
        <path d="M12 3h4v5h-6zM2 10h4l-2 5H2z" className="fill-text-3" />
      </svg>
      Shardboard
    </span>
  );
}
