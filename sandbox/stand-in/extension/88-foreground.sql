-- Calls that move many shards before they return. Each step is committed on its own, through a second connection to this node.
create function citus_internal.run_aside(p_command text) returns void language plpgsql security definer as $$
begin
  perform r from citus_internal.dblink(citus_internal.conninfo(
      coalesce(nullif(current_setting('citus.local_hostname', true), ''), 'localhost'), current_setting('port')::integer,
      citus_internal.caller(), 'citus_internal'), p_command) as t(r text);
end $$;

create function citus_internal.move_one_by_one(p_moves jsonb, p_mode citus.shard_transfer_mode) returns void language plpgsql as $$
declare
  m record;
begin
  for m in select j.shardid, s.nodename, s.nodeport, t.nodename as to_name, t.nodeport as to_port
             from jsonb_to_recordset(coalesce(p_moves, '[]')) as j(ord integer, shardid bigint, source integer, target integer)
             join pg_catalog.pg_dist_node s on s.nodeid = j.source
             join pg_catalog.pg_dist_node t on t.nodeid = j.target order by j.ord loop
    raise notice 'Moving shard % from %:% to %:% ...', m.shardid, m.nodename, m.nodeport, m.to_name, m.to_port;
    perform citus_internal.run_aside(format('select pg_catalog.citus_move_shard_placement(%s, %L, %s, %L, %s, %L)::text',
      m.shardid, m.nodename, m.nodeport, m.to_name, m.to_port, p_mode));
  end loop;
end $$;

-- Plans as Citus does: only the drained node's placements count, the other nodes are taken for empty.
create function pg_catalog.citus_drain_node(nodename text, nodeport integer, shard_transfer_mode citus.shard_transfer_mode
  default 'auto', rebalance_strategy name default null) returns void language plpgsql as $$
declare
  s pg_catalog.pg_dist_rebalance_strategy := citus_internal.strategy_named($4);
  nodes citus_internal.plan_node[];
  moves jsonb;
  n pg_catalog.pg_dist_node;
begin
  perform citus_internal.need_coordinator();
  select * into n from pg_catalog.pg_dist_node d where d.nodename = $1 and d.nodeport = $2;
  if not found then perform citus_internal.fail('P0002', format('node %s:%s not found', $1, $2)); end if;
  perform citus_internal.refuse_second_rebalance();
  perform citus_internal.run_aside(format(
    'select pg_catalog.citus_set_node_property(%L, %s, ''shouldhaveshards'', false)::text', $1, $2));
  nodes := citus_internal.plan_nodes(s);
  select jsonb_agg(to_jsonb(m) order by m.ord) into moves
    from citus_internal.plan_moves(nodes, array(
      select h from unnest(citus_internal.plan_shards(s, null, '{}', (select count(*) from unnest(nodes) x where x.may))) h
       where h.nodeid = n.nodeid), '{}', 0, 0, 1000000, true) m;
  perform citus_internal.move_one_by_one(moves, $3);
end $$;

create function pg_catalog.rebalance_table_shards(relation regclass default null, threshold real default null,
  max_shard_moves integer default 1000000, excluded_shard_list bigint[] default '{}', shard_transfer_mode
  citus.shard_transfer_mode default 'auto', drain_only boolean default false, rebalance_strategy name default null)
returns void language plpgsql as $$
declare
  moves jsonb;
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.refuse_second_rebalance();
  select jsonb_agg(to_jsonb(m) order by m.ord) into moves
    from citus_internal.plan_now($1, $2, $3, $4, $6, $7, null) m;
  perform citus_internal.move_one_by_one(moves, $5);
end $$;

-- Drops what moves left behind, each on its own node. An operation whose advisory lock somebody holds is still running, and
-- a shard that stands in the group after all is not debris. The rows stay locked meanwhile, so no move can begin to use a name.
create function citus_internal.clean_up(out cleaned integer, out total integer) language plpgsql security definer
set search_path = pg_catalog as $$
declare
  a citus_internal.answer;
  debris pg_dist_cleanup[];
  n integer;
begin
  delete from pg_dist_cleanup c using pg_dist_placement p
   where c.object_type = 1 and p.groupid = c.node_group_id and p.shardid = substring(c.object_name from '([0-9]+)"?$')::bigint
     and pg_try_advisory_xact_lock(c.operation_id);
  with held as (select r from pg_dist_cleanup r where r.object_type = 1 and pg_try_advisory_xact_lock(r.operation_id)
                   for update skip locked)
  select array_agg(h.r) into debris from held h;
  total := coalesce(cardinality(debris), 0);
  cleaned := 0;
  if total = 0 then return; end if;
  for a in select * from citus_internal.fan_out(array(
      select (n.nodeid, n.nodename, n.nodeport, format('do $x$ begin set local lock_timeout = ''1s''; '
             'drop table if exists %s cascade; end $x$', string_agg(d.object_name, ', ')))::citus_internal.target
        from unnest(debris) d join pg_dist_node n on n.groupid = d.node_group_id and n.noderole = 'primary'
       group by n.nodeid, n.nodename, n.nodeport), current_user, 'citus_internal') loop
    if a.success then
      delete from pg_dist_cleanup c using unnest(debris) d, pg_dist_node n
       where c.record_id = d.record_id and n.groupid = d.node_group_id and n.nodeid = a.nodeid;
      get diagnostics n = row_count;
      cleaned := cleaned + n;
    end if;
  end loop;
end $$;

create procedure pg_catalog.citus_cleanup_orphaned_resources() language plpgsql as $$
declare
  c record;
begin
  select * into c from citus_internal.clean_up();
  if c.cleaned > 0 then raise notice 'cleaned up % orphaned resources', c.cleaned; end if;
  if c.cleaned < c.total then
    raise warning 'failed to clean up % orphaned resources out of %', c.total - c.cleaned, c.total;
  end if;
end $$;

create procedure pg_catalog.citus_cleanup_orphaned_shards() language plpgsql as $$
begin
  raise warning 'citus_cleanup_orphaned_shards is deprecated. Use citus_cleanup_orphaned_resources instead';
end $$;
