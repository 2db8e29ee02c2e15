import clsx from "clsx";
import { CopyButton } from "./copy-button";
import { type SqlTokenKind, tokenizeSql } from "./sql-tokens";

const TOKEN_LOOK: Record<SqlTokenKind, string | undefined> = {
  keyword: "text-accent",
  string: "text-ok",
  number: "text-ok",
  comment: "text-text-3",
  plain: undefined,
};

type CodeProps = { sql: string; className?: string };

/** SQL as it will be sent. It scrolls rather than wraps, so a line break shown is a line break sent. */
export function SqlCode({ sql, className }: CodeProps) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={clsx(
        "overflow-x-auto whitespace-pre rounded-2 border border-line bg-surface-2 px-2.5 py-2 font-mono text-12 leading-[17px]",
        className,
      )}
    >
      {tokenizeSql(sql).map((token, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is what a token is
        <span key={position} className={TOKEN_LOOK[token.kind]}>
          {token.text}
        </span>
      ))}
    </pre>
  );
}

type Props = {
  sql: string;
  /** The login it runs under, and the node it is sent to: half of what a DBA wants to know about a statement. */
  login?: string;
  on?: string;
  title?: string;
};

/** Title, login, copy button, code: how a statement is shown before it runs. */
export function SqlBlock({ sql, login, on, title = "It will run" }: Props) {
  return (
    <div>
      <div className="mb-1.5 flex items-center gap-2">
        <h3 className="text-13 leading-5">{title}</h3>
        <span className="text-12 text-text-3">
          {login !== undefined && (
            <>
              as <span className="font-mono">{login}</span>
            </>
          )}
          {on !== undefined && (
            <>
              {" "}
              on <span className="font-mono">{on}</span>
            </>
          )}
        </span>
        <span className="flex-1" />
        <CopyButton text={sql} />
      </div>
      <SqlCode sql={sql} />
    </div>
  );
}
