"use client";
import { useUrlParams } from "@/components/ui/use-url-params";
import { type AuditFilter, auditFilterSchema } from "@/lib/domain/audit";

/** What is looked for and which record is open, kept in the address: a link shows the same. */
export type AuditView = { filter: AuditFilter; selected: number | null };
/** "": not narrowed. */
export type AuditChange = Partial<Record<keyof AuditFilter | "record", string>>;

/** A parameter that says nothing we know is left out, and the others stay. */
export function useAuditView(): [AuditView, (changes: AuditChange) => void] {
  const [params, change] = useUrlParams();
  const known: Record<string, unknown> = {};
  for (const [name, value] of params) {
    const field = auditFilterSchema.partial().safeParse({ [name]: value });
    if (field.success) Object.assign(known, field.data);
  }
  const record = Number(params.get("record"));
  return [
    { filter: auditFilterSchema.parse({ scope: "cluster", ...known }), selected: record > 0 ? record : null },
    (changes) => change(Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || null]))),
  ];
}

/** The filter as the server takes it. */
export function askedBy(filter: AuditFilter): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) params.set(name, value);
  return params.toString();
}
