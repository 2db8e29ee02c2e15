-- Moving a group of shards. What may not be moved, the steps of a move, and the call a person makes by hand.
create function citus_internal.node_with_id(p_nodeid integer) returns pg_catalog.pg_dist_node language plpgsql stable as $$
declare n pg_catalog.pg_dist_node;
begin
  select * into n from pg_catalog.pg_dist_node where nodeid = p_nodeid;
  if not found then perform citus_internal.fail('XX000', format('node with node id %s could not be found', p_nodeid)); end if;
  return n;
end $$;

create function citus_internal.refuse_target(p_host text, p_port integer) returns void language plpgsql stable as $$
declare
  n pg_catalog.pg_dist_node;
begin
  select * into n from pg_catalog.pg_dist_node where nodename = p_host and nodeport = p_port;
  if not found then
    perform citus_internal.fail('0A000', 'Moving shards to a non-existing node is not supported', null,
      format('Add the target node via SELECT citus_add_node(''%s'', %s);', p_host, p_port));
  elsif not n.isactive then
    perform citus_internal.fail('0A000', 'Moving shards to a non-active node is not supported', null,
      format('Activate the target node via SELECT citus_activate_node(''%s'', %s);', p_host, p_port));
  elsif not n.shouldhaveshards then
    perform citus_internal.fail('0A000', 'Moving shards to a node that shouldn''t have a shard is not supported', null,
      format('Allow shards on the target node via SELECT * FROM citus_set_node_property(''%s'', %s, ''shouldhaveshards'', true);',
             p_host, p_port));
  elsif n.noderole <> 'primary' then
    perform citus_internal.fail('0A000', 'Moving shards to a secondary (e.g., replica) node is not supported');
  end if;
end $$;

-- True when there is something to move. False, with a WARNING, when the shard is there already.
create function citus_internal.check_move(p_shardid bigint, p_from_host text, p_from_port integer, p_to_host text,
  p_to_port integer, p_mode citus.shard_transfer_mode) returns boolean language plpgsql as $$
declare
  s record;
  c regclass;
begin
  select h.*, t.repmodel into s from pg_catalog.pg_dist_shard h join pg_catalog.pg_dist_partition t using (logicalrelid)
   where h.shardid = p_shardid;
  if not found then perform citus_internal.fail('XX000', format('could not find valid entry for shard %s', p_shardid)); end if;
  if s.repmodel = 't' then
    perform citus_internal.fail('0A000', format('table %s is a reference table, moving shard of a reference table is not supported',
                                                citus_internal.qualified(s.logicalrelid)));
  end if;
  for c in select o.logicalrelid from citus_internal.colocated_shards(p_shardid) o loop
    perform citus_internal.need_owner(c);
  end loop;
  if (p_from_host, p_from_port) = (p_to_host, p_to_port) then
    perform citus_internal.fail('22023', 'cannot move shard to the same node');
  end if;
  perform citus_internal.refuse_target(p_to_host, p_to_port);
  if exists (select from pg_catalog.pg_dist_shard_placement p
              where p.shardid = p_shardid and (p.nodename, p.nodeport) = (p_to_host, p_to_port)) then
    raise warning using message = format('shard is already present on node %s:%s', p_to_host, p_to_port),
      detail = 'Move may have already completed.';
    return false;
  end if;
  if not exists (select from pg_catalog.pg_dist_shard_placement p
                  where p.shardid = p_shardid and (p.nodename, p.nodeport) = (p_from_host, p_from_port)) then
    perform citus_internal.fail('22000', format('could not find placement matching "%s:%s"', p_from_host, p_from_port), null,
      'Confirm the placement still exists and try again.');
  end if;
  if p_mode = 'auto' then
    for c in select o.logicalrelid from citus_internal.colocated_shards(p_shardid) o loop
      perform citus_internal.need_replica_identity(c);
    end loop;
  end if;
  return true;
end $$;

-- Run on the target: takes a part of a shard's rows, between two pages of the source.
create function citus_internal.pull_rows(p_rel regclass, p_shardid bigint, p_source text, p_from bigint, p_to bigint)
returns void language plpgsql set search_path = pg_catalog as $$
declare
  shard text := shard_name(p_rel, p_shardid, false);
  rows text;
begin
  select r into rows from citus_internal.dblink(p_source, format(
    'select array_agg(t)::text from %s t where t.ctid >= ''(%s,0)'' and t.ctid < ''(%s,0)''', shard, p_from, p_to)) as d(r text);
  if rows is not null then execute citus_internal.insert_command(p_rel, shard, rows); end if;
end $$;

create function citus_internal.pull_command(p_rel regclass, p_shardid bigint, p_source pg_catalog.pg_dist_node) returns text
language sql stable as $$
  select format('do $x$ begin perform citus_internal.pull_rows(%L, %s, %L, 0, 4294967295); end $x$',
                citus_internal.qualified(p_rel), p_shardid,
                citus_internal.conninfo(p_source.nodename, p_source.nodeport, current_user, 'citus_rebalancer'))
$$;

-- The source copies are only put on the list: they are dropped later, when no query can still be reading them.
create function citus_internal.finish_move(p_shardid bigint, p_source integer, p_target integer, p_operation bigint)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  s pg_dist_shard;
begin
  for s in select * from citus_internal.colocated_shards(p_shardid) loop
    update pg_dist_placement p set groupid = p_target where p.shardid = s.shardid and p.groupid = p_source;
    perform citus_internal.push_to_others(format(
      'update pg_catalog.pg_dist_placement set groupid = %s where shardid = %s and groupid = %s', p_target, s.shardid, p_source));
    insert into pg_dist_cleanup (operation_id, object_type, object_name, node_group_id, policy_type)
    values (p_operation, 1, shard_name(s.logicalrelid, s.shardid, false), p_source, 2);
  end loop;
  delete from pg_dist_cleanup c where c.operation_id = p_operation and c.policy_type = 1;
end $$;

create function citus_internal.move_now(p_shardid bigint, p_source pg_catalog.pg_dist_node, p_target pg_catalog.pg_dist_node)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  s pg_dist_shard;
  ddl text;
begin
  perform citus_internal.copy_missing_reference_tables();
  perform citus_internal.claim_target(p_shardid, p_target.groupid);
  for s in select * from citus_internal.colocated_shards(p_shardid) loop
    perform citus_internal.push_to_group(p_target.groupid, citus_internal.create_shard_command(s.logicalrelid, s.shardid));
    perform citus_internal.push_to_group(p_target.groupid, citus_internal.pull_command(s.logicalrelid, s.shardid, p_source));
  end loop;
  for s in select * from citus_internal.colocated_shards(p_shardid) loop
    ddl := citus_internal.shard_foreign_keys(s.logicalrelid, s.shardid);
    if ddl is not null then perform citus_internal.push_to_group(p_target.groupid, ddl); end if;
  end loop;
  perform citus_internal.finish_move(p_shardid, p_source.groupid, p_target.groupid, nextval('pg_dist_operationid_seq'));
end $$;

create function pg_catalog.citus_move_shard_placement(shard_id bigint, source_node_name text, source_node_port integer,
  target_node_name text, target_node_port integer, shard_transfer_mode citus.shard_transfer_mode default 'auto') returns void
language plpgsql strict as $$
begin
  perform citus_internal.need_coordinator();
  if citus_internal.check_move($1, $2, $3, $4, $5, $6) then
    perform citus_internal.move_now($1, citus_internal.must_node($2, $3), citus_internal.must_node($4, $5));
  end if;
end $$;

create function pg_catalog.citus_move_shard_placement(shard_id bigint, source_node_id integer, target_node_id integer,
  transfer_mode citus.shard_transfer_mode default 'auto') returns void language plpgsql strict as $$
declare
  s pg_catalog.pg_dist_node := citus_internal.node_with_id($2);
  t pg_catalog.pg_dist_node := citus_internal.node_with_id($3);
begin
  perform pg_catalog.citus_move_shard_placement($1, s.nodename, s.nodeport, t.nodename, t.nodeport, $4);
end $$;

-- Only a reference table has more than one copy of a shard here (citus.shard_replication_factor is 1).
create function pg_catalog.citus_copy_shard_placement(shard_id bigint, source_node_name text, source_node_port integer,
  target_node_name text, target_node_port integer, transfer_mode citus.shard_transfer_mode default 'auto') returns void
language plpgsql strict security definer as $$
declare
  s record;
begin
  perform citus_internal.need_coordinator();
  select h.*, t.repmodel into s from pg_catalog.pg_dist_shard h join pg_catalog.pg_dist_partition t using (logicalrelid)
   where h.shardid = $1;
  if not found then perform citus_internal.fail('XX000', format('could not find valid entry for shard %s', $1)); end if;
  perform citus_internal.need_owner(s.logicalrelid);
  if s.repmodel = 's' then
    perform citus_internal.fail('0A000', format('Table ''%s'' is streaming replicated. Shards of streaming replicated tables '
                                                'cannot be copied', citus_internal.bare_name(s.logicalrelid)));
  end if;
  perform citus_internal.copy_missing_reference_tables();
end $$;

create function pg_catalog.citus_copy_shard_placement(shard_id bigint, source_node_id integer, target_node_id integer,
  transfer_mode citus.shard_transfer_mode default 'auto') returns void language plpgsql strict as $$
declare
  s pg_catalog.pg_dist_node := citus_internal.node_with_id($2);
  t pg_catalog.pg_dist_node := citus_internal.node_with_id($3);
begin
  perform pg_catalog.citus_copy_shard_placement($1, s.nodename, s.nodeport, t.nodename, t.nodeport, $4);
end $$;
