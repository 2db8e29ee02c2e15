import { appendFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What every node of the sandbox has. No data here is worth an fsync. `wal_level = logical` is what moves need; the counts
 * are what parallel moves need on one machine.
 */
const COMMON: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %a ",
  fsync: "off",
  full_page_writes: "off",
  jit: "off",
  // Old WAL is thrown away instead of kept for later use: every reset copies what is there.
  wal_recycle: "off",
  wal_init_zero: "off",
  shared_buffers: "24MB",
  max_connections: "120",
  max_worker_processes: "32",
  wal_level: "logical",
  max_wal_senders: "16",
  max_replication_slots: "24",
  max_logical_replication_workers: "16",
  max_sync_workers_per_subscription: "4",
  max_locks_per_transaction: "256",
  max_prepared_transactions: "240",
  hot_standby: "on",
  wal_receiver_status_interval: "1s",
  wal_retrieve_retry_interval: "500ms",
};

const line = ([name, value]: [string, string]) => `${name} = '${value.replaceAll("'", "''")}'`;

export function appendSettings(dataDir: string, settings: Record<string, string>): void {
  appendFileSync(join(dataDir, "postgresql.conf"), `\n${Object.entries(settings).map(line).join("\n")}\n`);
}

export function appendCommonSettings(dataDir: string, ofEngine: Record<string, string>): void {
  appendSettings(dataDir, { ...COMMON, ...ofEngine });
}
