/** What the stand-in does not have, and why nothing of the console misses it. The contract test prints these lists. */

type LeftOut = { what: RegExp; because: string };

export const FUNCTIONS_LEFT_OUT: readonly LeftOut[] = [
  { what: /^worker_(?!hash$)/, because: "the language of nodes among themselves" },
  { what: /^citus_internal_/, because: "the language of nodes among themselves" },
  {
    what: /^(lock_|role_exists$|alter_role_if_exists$|relation_is_a_known_shard$)/,
    because: "the language of nodes among themselves",
  },
  { what: /^(assign_distributed_transaction_id|get_current_transaction_id)$/, because: "distributed transactions" },
  { what: /^(dump_|get_global_active_|get_all_active_)/, because: "distributed transactions and their deadlocks" },
  { what: /^master_(?!run_on_worker$)/, because: "old names of functions that are there under their new name" },
  { what: /clock/, because: "the cluster clock" },
  {
    what: /_(clone|clone_node|clone_node_with_nodeid)(_|$)|snapshot_based/,
    because: "clones: the stand-in has no copy of a worker to promote",
  },
  {
    what: /intermediate_result|_agg$|_agg_|^any_value|json.*concatenate|extradata|executor_name/,
    because: "parts of distributed queries",
  },
  { what: /partition|set_access_method/, because: "time partitions and columnar tables" },
  {
    what: /^citus_stat_(tenants_(local_internal|local_reset|reset)|(statements|counters)(_reset)?)$|^citus_query_stats$/,
    because: "switches and parts of statistics that stay empty here; their views are there",
  },
  { what: /^citus_update_(table|shard)_statistics$/, because: "writes shardlength, which the console does not read" },
  { what: /upgrade/, because: "upgrades" },
  {
    what: /unmark_object|create_distributed_function|notify_constraint|citus_table_is_visible|text_send_as/,
    because: "objects that follow tables to the workers",
  },
  { what: /isolation_test|^citus_blocking_pids$/, because: "tests of Citus itself" },
  {
    what: /^citus_(drop_all_shards|run_local_command|create_restore_point|pause_node_within_txn)$/,
    because: "not offered by the console",
  },
  { what: /^citus_(shards|shard_indexes)_on_worker$/, because: "the shards of one worker, asked there with psql" },
  {
    what: /^(replicate_table_shards|run_command_on_colocated_placements|remove_local_tables_from_metadata)$/,
    because: "not offered by the console",
  },
  { what: /^(authinfo|poolinfo)_valid$/, because: "checks of tables that stay empty" },
];

export const RELATIONS_LEFT_OUT: readonly LeftOut[] = [
  { what: /^citus_stats$/, because: "runs a query on every shard of every table; the console never reads it" },
  { what: /_on_worker$/, because: "the shards of one worker, asked there with psql" },
];

/** Recorded calls whose answer follows from what was in that one cluster at that moment. */
export const CASES_LEFT_OUT: Readonly<Record<string, string>> = {
  "rebalance: table without replica identity in mode auto":
    "the notices name the moves that the sizes of that cluster made not worth it",
};

export function reasonFor(list: readonly LeftOut[], name: string): string | undefined {
  return list.find(({ what }) => what.test(name))?.because;
}
