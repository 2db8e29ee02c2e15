-- Strategies, what a move costs by them, and the plan for the cluster as it is.
create function pg_catalog.citus_shard_cost_1(bigint) returns real language sql immutable strict as $$ select 1::real $$;
create function pg_catalog.citus_node_capacity_1(integer) returns real language sql immutable strict as $$ select 1::real $$;
create function pg_catalog.citus_shard_allowed_on_node_true(bigint, integer) returns boolean
language sql immutable strict as $$ select true $$;

create function citus_internal.strict_placement_sizes() returns table (nodeid integer, shardid bigint, bytes bigint)
language plpgsql as $$
declare
  a citus_internal.answer;
  nsp text;
begin
  for a in select * from citus_internal.fan_out(
             citus_internal.active_targets('select citus_internal.local_shard_sizes()'), current_user, 'citus_internal') loop
    nsp := null;
    if a.success then select min(d) into nsp from jsonb_array_elements_text(a.result::jsonb -> 'denied') d; end if;
    if not a.connected then
      perform citus_internal.warn_unreachable(a, current_user);
    elsif nsp is not null then
      raise warning using errcode = '42501', message = 'permission denied for schema ' || nsp;
    end if;
    if not a.success or nsp is not null then
      perform citus_internal.fail('08006', 'cannot get the size because of a connection error');
    end if;
    return query select a.nodeid, (e ->> 0)::bigint, (e ->> 1)::bigint
                   from jsonb_array_elements(a.result::jsonb -> 'sizes') e;
  end loop;
end $$;

-- All shards of one range in one colocation group: what moves together.
create function citus_internal.colocated_shards(p_shardid bigint) returns setof pg_catalog.pg_dist_shard
language sql stable as $$
  select o.* from pg_catalog.pg_dist_shard s
    join pg_catalog.pg_dist_partition p on p.logicalrelid = s.logicalrelid
    join pg_catalog.pg_dist_partition q on q.colocationid = p.colocationid and (p.colocationid <> 0 or q.logicalrelid = p.logicalrelid)
    join pg_catalog.pg_dist_shard o on o.logicalrelid = q.logicalrelid and o.shardminvalue is not distinct from s.shardminvalue
   where s.shardid = p_shardid order by o.shardid
$$;

create function citus_internal.costs_by_size() returns table (shardid bigint, cost real) language sql as $$
  with sizes as materialized (
    select z.shardid, min(z.bytes) as bytes from citus_internal.strict_placement_sizes() z group by 1
  )
  select g.shardid, (citus_internal.setting_number('citus.rebalancer_by_disk_size_base_cost', 104857600)
      + (select coalesce(sum(z.bytes), 0) from citus_internal.colocated_shards(g.shardid) c join sizes z on z.shardid = c.shardid))::real
    from pg_catalog.pg_dist_shard g
    join pg_catalog.pg_dist_partition p on p.logicalrelid = g.logicalrelid
   where p.repmodel <> 't' and p.colocationid <> 0
$$;

create function pg_catalog.citus_shard_cost_by_disk_size(bigint) returns real language sql volatile strict as $$
  select c.cost from citus_internal.costs_by_size() c where c.shardid = $1
$$;

insert into pg_catalog.pg_dist_rebalance_strategy values
  ('by_shard_count', false, 'citus_shard_cost_1', 'citus_node_capacity_1', 'citus_shard_allowed_on_node_true', 0, 0, 0),
  ('by_disk_size', true, 'citus_shard_cost_by_disk_size', 'citus_node_capacity_1', 'citus_shard_allowed_on_node_true',
   0.1, 0.01, 0.5);

create function citus_internal.strategy_named(p_name name) returns pg_catalog.pg_dist_rebalance_strategy
language plpgsql stable as $$
declare
  s pg_catalog.pg_dist_rebalance_strategy;
begin
  select * into s from pg_catalog.pg_dist_rebalance_strategy r where r.name = p_name or (p_name is null and r.default_strategy);
  if not found then
    perform citus_internal.fail('XX000', case when p_name is null
      then 'no rebalance_strategy was provided, but there is also no default strategy set'
      else format('could not find rebalance strategy with name %s', p_name) end);
  end if;
  return s;
end $$;

-- One table speaks for its colocation group.
create function citus_internal.representative_tables(p_rel regclass) returns table (logicalrelid regclass, ord bigint)
language sql stable as $$
  select t.logicalrelid, row_number() over (order by t.colocationid) from (
    select distinct on (p.colocationid) p.logicalrelid, p.colocationid from pg_catalog.pg_dist_partition p
     where p.colocationid <> 0 and p.repmodel <> 't' and (p_rel is null or p.logicalrelid = p_rel)
     order by p.colocationid, p.logicalrelid::oid) t
$$;

create function citus_internal.plan_nodes(s pg_catalog.pg_dist_rebalance_strategy) returns citus_internal.plan_node[]
language plpgsql as $$
declare
  nodes citus_internal.plan_node[];
begin
  execute format('select array_agg((n.nodeid, n.nodename, n.nodeport, case when n.shouldhaveshards then %s(n.nodeid) else 0 '
    'end, n.shouldhaveshards)::citus_internal.plan_node order by n.nodename collate "C", n.nodeport) '
    'from pg_catalog.pg_dist_node n where n.isactive and n.noderole = ''primary''', s.node_capacity_function) into nodes;
  return nodes;
end $$;

-- Placements with their cost. A table with fewer shards than there are homes is no group of its own: such tables are
-- balanced together, as the last group.
create function citus_internal.plan_shards(s pg_catalog.pg_dist_rebalance_strategy, p_rel regclass, p_excluded bigint[],
  p_homes bigint) returns citus_internal.plan_shard[] language plpgsql as $$
declare
  shards citus_internal.plan_shard[];
begin
  execute format($q$
    with cost as materialized (%s),
    placed as (
      select r.ord, h.shardid, n.nodeid, count(*) over (partition by r.ord) as n
        from citus_internal.representative_tables($1) r
        join pg_catalog.pg_dist_shard h on h.logicalrelid = r.logicalrelid
        join pg_catalog.pg_dist_placement p on p.shardid = h.shardid
        join pg_catalog.pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary' and n.isactive
       where not h.shardid = any ($2))
    select array_agg((p.grp, p.shardid, p.nodeid, greatest(c.cost, 1))::citus_internal.plan_shard order by p.grp, p.shardid)
      from (select dense_rank() over (order by case when n >= $3 then ord end nulls last)::integer as grp, shardid, nodeid
              from placed) p
      join cost c using (shardid)$q$,
    case when s.shard_cost_function = 'pg_catalog.citus_shard_cost_by_disk_size'::regproc
         then 'select shardid, cost from citus_internal.costs_by_size()'
         else format('select shardid, %s(shardid) as cost from pg_catalog.pg_dist_shard', s.shard_cost_function) end)
    into shards using p_rel, coalesce(p_excluded, '{}'), p_homes;
  return coalesce(shards, '{}');
end $$;

create function citus_internal.plan_denied(s pg_catalog.pg_dist_rebalance_strategy, p_nodes citus_internal.plan_node[],
  p_shards citus_internal.plan_shard[]) returns text[] language plpgsql as $$
declare
  denied text[] := '{}';
begin
  if s.shard_allowed_on_node_function <> 'pg_catalog.citus_shard_allowed_on_node_true'::regproc then
    execute format('select coalesce(array_agg(s.shardid || ''@'' || n.nodeid), ''{}'') from unnest($1) n, unnest($2) s '
                   'where not %s(s.shardid, n.nodeid)', s.shard_allowed_on_node_function)
      into denied using p_nodes, p_shards;
  end if;
  return denied;
end $$;

create function citus_internal.plan_now(p_rel regclass, p_threshold real, p_max integer, p_excluded bigint[],
  p_drain_only boolean, p_strategy name, p_improvement real)
returns table (ord integer, shardid bigint, source integer, target integer) language plpgsql as $$
declare
  s pg_catalog.pg_dist_rebalance_strategy := citus_internal.strategy_named(p_strategy);
  nodes citus_internal.plan_node[] := citus_internal.plan_nodes(s);
  homes bigint := (select count(*) from unnest(nodes) n where n.may);
  factor numeric := citus_internal.setting_number('citus.shard_replication_factor', 1);
  shards citus_internal.plan_shard[];
  half real := coalesce(p_threshold, s.default_threshold);
begin
  if p_rel is not null and not exists (select from pg_catalog.pg_dist_partition p where p.logicalrelid = p_rel) then
    perform citus_internal.fail('42P16', format('table %s is not distributed', citus_internal.bare_name(p_rel)));
  end if;
  if half < s.minimum_threshold then
    raise warning using message = 'the given threshold is lower than the minimum threshold allowed by the rebalance '
      'strategy, using the minimum allowed threshold instead', detail = format('Using threshold of %s', s.minimum_threshold);
    half := s.minimum_threshold;
  end if;
  if factor > homes then
    perform citus_internal.fail('XX000', format('Shard replication factor (%s) cannot be greater than number of nodes with '
                                                'should_have_shards=true (%s).', factor, homes));
  end if;
  shards := citus_internal.plan_shards(s, p_rel, p_excluded, homes);
  return query select * from citus_internal.plan_moves(nodes, shards, citus_internal.plan_denied(s, nodes, shards), half,
    coalesce(p_improvement, s.improvement_threshold), p_max, p_drain_only);
end $$;

create function pg_catalog.get_rebalance_table_shards_plan(relation regclass default null, threshold real default null,
  max_shard_moves integer default 1000000, excluded_shard_list bigint[] default '{}', drain_only boolean default false,
  rebalance_strategy name default null, improvement_threshold real default null)
returns table (table_name regclass, shardid bigint, shard_size bigint, sourcename text, sourceport integer,
  targetname text, targetport integer) language sql volatile as $$
  select c.logicalrelid, c.shardid, pl.shardlength, s.nodename, s.nodeport, t.nodename, t.nodeport
    from citus_internal.plan_now($1, $2, $3, $4, $5, $6, $7) m
    join pg_catalog.pg_dist_node s on s.nodeid = m.source
    join pg_catalog.pg_dist_node t on t.nodeid = m.target
    cross join lateral citus_internal.colocated_shards(m.shardid) c
    join pg_catalog.pg_dist_placement pl on pl.shardid = c.shardid and pl.groupid = s.groupid
   order by m.ord, c.shardid
$$;

create function pg_catalog.citus_validate_rebalance_strategy_functions(shard_cost_function regproc,
  node_capacity_function regproc, shard_allowed_on_node_function regproc) returns void language plpgsql strict as $$
declare
  f pg_catalog.pg_proc;
begin
  select * into f from pg_catalog.pg_proc where oid = $1;
  if f.proargtypes::text <> '20' or f.prorettype <> 'real'::regtype then
    perform citus_internal.fail('XX000', 'signature for shard_cost_function is incorrect',
      'return type of citus_shard_cost should be real, with one argument of type bigint');
  end if;
  select * into f from pg_catalog.pg_proc where oid = $2;
  if f.proargtypes::text <> '23' or f.prorettype <> 'real'::regtype then
    perform citus_internal.fail('XX000', 'signature for node_capacity_function is incorrect');
  end if;
  select * into f from pg_catalog.pg_proc where oid = $3;
  if f.proargtypes::text <> '20 23' or f.prorettype <> 'boolean'::regtype then
    perform citus_internal.fail('XX000', 'signature for shard_allowed_on_node_function is incorrect');
  end if;
end $$;

create function pg_catalog.citus_add_rebalance_strategy(name name, shard_cost_function regproc,
  node_capacity_function regproc, shard_allowed_on_node_function regproc, default_threshold real,
  minimum_threshold real default 0, improvement_threshold real default 0) returns void language plpgsql as $$
begin
  perform pg_catalog.citus_validate_rebalance_strategy_functions($2, $3, $4);
  insert into pg_catalog.pg_dist_rebalance_strategy values ($1, false, $2, $3, $4, $5, $6, $7);
end $$;

create function pg_catalog.citus_set_default_rebalance_strategy(name text) returns void language plpgsql strict as $$
begin
  if not exists (select from pg_catalog.pg_dist_rebalance_strategy s where s.name = $1) then
    perform citus_internal.fail('P0001', 'strategy with specified name does not exist');
  end if;
  update pg_catalog.pg_dist_rebalance_strategy s set default_strategy = (s.name = $1);
end $$;
