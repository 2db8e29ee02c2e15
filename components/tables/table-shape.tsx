import { Chip } from "@/components/ui/chip";
import type { ForeignKey, TableFacts, TableKey } from "@/lib/domain/table-facts";

type Props = { facts: TableFacts; distributionColumn: string | null };

/** Columns, keys, and what points where. */
export function TableShape({ facts, distributionColumn }: Props) {
  return (
    <>
      <section className="mt-4">
        <h3 className="mb-1 text-13 leading-5">Columns</h3>
        <ul className="grid gap-0.5 text-12">
          {facts.columns.map((column) => (
            <li key={column.name} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
              <span className="break-all font-medium font-mono">{column.name}</span>
              <span className="font-mono text-text-3">{column.type}</span>
              {column.name === distributionColumn && <Chip tone="info">distribution column</Chip>}
              {column.isGenerated && <Chip>generated</Chip>}
              {column.isIdentity && <Chip>identity</Chip>}
              {!column.isNotNull && <span className="text-text-3">null</span>}
            </li>
          ))}
        </ul>
      </section>
      <Section title="Keys" items={facts.keys.map(keyLine)} />
      <Section title="Foreign keys" items={facts.foreignKeys.map(outgoingLine)} />
      <Section title="Referenced by" items={facts.referencedBy.map(incomingLine)} />
      <Section title="Triggers" items={facts.triggers} />
      <Section title="Read by views" items={facts.views} />
    </>
  );
}

const KEY_WORDS: Record<TableKey["kind"], string> = {
  primary: "primary key",
  unique: "unique",
  exclusion: "exclusion",
};

function keyLine(key: TableKey): string {
  const includes = key.includes.length > 0 ? ` include (${key.includes.join(", ")})` : "";
  return `${KEY_WORDS[key.kind]} (${key.columns.join(", ")})${includes}`;
}

function outgoingLine(key: ForeignKey): string {
  return `(${key.columns.join(", ")}) → ${key.otherName} (${key.otherColumns.join(", ")})`;
}

function incomingLine(key: ForeignKey): string {
  return `${key.otherName} (${key.otherColumns.join(", ")})`;
}

function Section({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="mb-1 text-13 leading-5">{title}</h3>
      <ul className="grid gap-0.5 text-12">
        {items.map((item) => (
          <li key={item} className="break-words font-mono">
            {item}
          </li>
        ))}
      </ul>
    </section>
  );
}
