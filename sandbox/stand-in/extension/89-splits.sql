-- Splitting shards. In block_writes only: the logical modes need Citus' own decoder, and say so as PostgreSQL does where it may not run.
create function citus_internal.check_split(p_shardid bigint, p_points integer[], p_nodes integer, p_mode citus.shard_transfer_mode)
returns void language plpgsql as $$
declare
  s pg_catalog.pg_dist_shard;
  c regclass;
  point integer;
begin
  perform citus_internal.need_coordinator();
  select * into s from pg_catalog.pg_dist_shard h where h.shardid = p_shardid;
  if not found then perform citus_internal.fail('XX000', format('could not find valid entry for shard %s', p_shardid)); end if;
  for c in select o.logicalrelid from citus_internal.colocated_shards(p_shardid) o loop
    perform citus_internal.need_owner(c);
    if p_mode = 'auto' then perform citus_internal.need_replica_identity(c); end if;
  end loop;
  if p_nodes <> cardinality(p_points) + 1 then
    perform citus_internal.fail('22023', format('Number of worker node ids should be one greater split points. '
      'NodeId count is ''%s'' and SplitPoint count is ''%s''.', p_nodes, cardinality(p_points)));
  end if;
  foreach point in array p_points loop
    if point not between s.shardminvalue::integer and s.shardmaxvalue::integer then
      perform citus_internal.fail('22023', format('Split point %s is outside the min/max range(%s, %s) for shard id %s.',
        point, s.shardminvalue, s.shardmaxvalue, p_shardid));
    end if;
  end loop;
  if p_mode <> 'block_writes' then perform citus_internal.refuse_output_plugin(); end if;
end $$;

-- Run on the target: takes from a shard the rows whose hash lies in a range.
create function citus_internal.pull_range(p_rel regclass, p_from bigint, p_to bigint, p_source text, p_min integer, p_max integer)
returns void language plpgsql set search_path = pg_catalog as $$
declare
  shard text := shard_name(p_rel, p_to, false);
  key record;
  rows text;
begin
  select a.attname, citus_internal.hash_function(a.atttypid) as hash into key
    from pg_dist_partition p join pg_attribute a on a.attrelid = p.logicalrelid
     and a.attname = column_to_column_name(p.logicalrelid, p.partkey) where p.logicalrelid = p_rel;
  select r into rows from citus_internal.dblink(p_source, format(
    'select array_agg(t)::text from %s t where %s(t.%I) between %s and %s', shard_name(p_rel, p_from, false), key.hash,
    key.attname, p_min, p_max)) as d(r text);
  if rows is not null then execute citus_internal.insert_command(p_rel, shard, rows); end if;
end $$;

create function citus_internal.split_now(p_shardid bigint, p_points integer[], p_groups integer[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  old pg_dist_shard[] := array(select c from citus_internal.colocated_shards(p_shardid) c);
  s pg_dist_shard;
  home pg_dist_node;
  first integer;
  id bigint;
  ddl text;
  made jsonb := '[]';
  operation bigint := nextval('pg_dist_operationid_seq');
begin
  select n.* into home from pg_dist_placement p join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
   where p.shardid = p_shardid;
  perform citus_internal.copy_missing_reference_tables();
  foreach s in array old loop
    first := s.shardminvalue::integer;
    for i in 1 .. cardinality(p_groups) loop
      id := citus_internal.add_shard(s.logicalrelid, first::text, coalesce(p_points[i]::text, s.shardmaxvalue));
      perform citus_internal.add_placement(id, p_groups[i]);
      perform citus_internal.push_to_group(p_groups[i], citus_internal.create_shard_command(s.logicalrelid, id));
      perform citus_internal.push_to_group(p_groups[i], format(
        'do $x$ begin perform citus_internal.pull_range(%L, %s, %s, %L, %s, %s); end $x$', citus_internal.qualified(s.logicalrelid),
        s.shardid, id, citus_internal.conninfo(home.nodename, home.nodeport, current_user, 'citus_rebalancer'), first,
        coalesce(p_points[i], s.shardmaxvalue::integer)));
      made := made || jsonb_build_object('rel', s.logicalrelid::oid, 'id', id, 'grp', p_groups[i]);
      first := p_points[i] + 1;
    end loop;
  end loop;
  foreach s in array old loop
    insert into pg_dist_cleanup (operation_id, object_type, object_name, node_group_id, policy_type)
    values (operation, 1, shard_name(s.logicalrelid, s.shardid, false), home.groupid, 2);
    delete from pg_dist_placement p where p.shardid = s.shardid;
    delete from pg_dist_shard h where h.shardid = s.shardid;
    perform citus_internal.push_to_others(format('delete from pg_catalog.pg_dist_placement where shardid = %1$s; '
      'delete from pg_catalog.pg_dist_shard where shardid = %1$s', s.shardid));
  end loop;
  -- Only now: the first part begins where the old shard did, and must not refer to that.
  for ddl, id in select citus_internal.shard_foreign_keys((m ->> 'rel')::oid::regclass, (m ->> 'id')::bigint), (m ->> 'grp')::bigint
                   from jsonb_array_elements(made) m loop
    if ddl is not null then perform citus_internal.push_to_group(id::integer, ddl); end if;
  end loop;
end $$;

create function pg_catalog.citus_split_shard_by_split_points(shard_id bigint, split_points text[], node_ids integer[],
  shard_transfer_mode citus.shard_transfer_mode default 'auto') returns void language plpgsql strict as $$
declare
  points integer[] := split_points::integer[];
begin
  perform citus_internal.check_split($1, points, cardinality(node_ids), $4);
  perform citus_internal.split_now($1, points, array(
    select (citus_internal.node_with_id(n.id)).groupid from unnest(node_ids) with ordinality n(id, at) order by n.at));
end $$;

create function citus_internal.isolate(p_rel regclass, p_value text, p_cascade text, p_mode citus.shard_transfer_mode)
returns bigint language plpgsql as $$
declare
  shard bigint := citus_internal.find_shard(p_rel, p_value);
  s pg_catalog.pg_dist_shard;
  hash integer;
  points integer[];
  grp integer := (select p.groupid from pg_catalog.pg_dist_placement p where p.shardid = shard);
begin
  select * into s from pg_catalog.pg_dist_shard h where h.shardid = shard;
  select citus_internal.hash_of(a.atttypid, p_value) into hash from pg_catalog.pg_dist_partition p
    join pg_catalog.pg_attribute a on a.attrelid = p.logicalrelid
     and a.attname = pg_catalog.column_to_column_name(p.logicalrelid, p.partkey) where p.logicalrelid = p_rel;
  if s.shardminvalue = s.shardmaxvalue then
    perform citus_internal.fail('0A000', format('table %s has already been isolated for the given value',
                                                citus_internal.bare_name(p_rel)));
  end if;
  if p_cascade is distinct from 'CASCADE' and (select count(*) from citus_internal.colocated_shards(shard)) > 1 then
    perform citus_internal.fail('0A000', format('cannot isolate tenant because "%s" has colocated tables',
      citus_internal.bare_name(p_rel)), null, 'Use CASCADE option to isolate tenants for the colocated tables too. Example usage: '
      'isolate_tenant_to_new_shard(''<table_name>'', <tenant_id>, ''CASCADE'')');
  end if;
  points := array(select x from unnest(array[hash::bigint - 1, hash::bigint]) x
                   where x >= s.shardminvalue::integer and x < s.shardmaxvalue::integer order by x)::integer[];
  perform citus_internal.check_split(shard, points, cardinality(points) + 1, p_mode);
  perform citus_internal.split_now(shard, points, array_fill(grp, array[cardinality(points) + 1]));
  return (select h.shardid from pg_catalog.pg_dist_shard h
           where h.logicalrelid = p_rel and h.shardminvalue = hash::text and h.shardmaxvalue = hash::text);
end $$;

-- Of type "any", as worker_hash is: see there.
create function pg_catalog.isolate_tenant_to_new_shard(table_name regclass, tenant_id text, cascade_option text default '',
  shard_transfer_mode citus.shard_transfer_mode default 'auto') returns bigint language sql volatile as $$
  select citus_internal.isolate($1, format('%s', $2), $3, $4)
$$;
update pg_catalog.pg_proc set proargtypes = replace(proargtypes::text, '25 25', '2276 25')::oidvector
 where proname = 'isolate_tenant_to_new_shard' and pronamespace = 'pg_catalog'::regnamespace;
