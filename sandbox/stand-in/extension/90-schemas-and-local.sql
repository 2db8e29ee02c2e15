-- Schema-based sharding, and tables of the coordinator that Citus knows.
create function citus_internal.distribute_into(p_rel regclass, p_group integer) returns void language plpgsql as $$
declare
  shards bigint[];
  has_rows boolean;
begin
  execute format('lock table only %s in share row exclusive mode', citus_internal.qualified(p_rel));
  perform citus_internal.refuse_kind_of_table(p_rel);
  perform citus_internal.refuse_foreign_keys(p_rel, null, p_group);
  has_rows := citus_internal.tell_copying(p_rel);
  shards := citus_internal.make_shards(p_rel, 'n', null, p_group);
  if has_rows then
    perform citus_internal.push_rows(p_rel, null, shards);
    perform citus_internal.tell_copied(p_rel);
  end if;
  perform citus_internal.push_foreign_keys(p_rel, shards);
end $$;

create function pg_catalog.citus_schema_distribute(schemaname regnamespace) returns void
language plpgsql strict security definer as $$
declare
  group_id integer;
  t regclass;
begin
  perform citus_internal.need_coordinator();
  if not pg_has_role(citus_internal.caller(), (select n.nspowner from pg_catalog.pg_namespace n where n.oid = $1), 'usage') then
    perform citus_internal.fail('42501', format('must be owner of schema %s', $1));
  end if;
  if $1 = 'public'::regnamespace then perform citus_internal.fail('0A000', 'public schema cannot be distributed'); end if;
  if exists (select from pg_catalog.pg_dist_schema s where s.schemaid = $1) then
    raise notice 'schema % is already distributed', $1;
    return;
  end if;
  if exists (select from pg_catalog.pg_dist_partition p join pg_catalog.pg_class c on c.oid = p.logicalrelid
              where c.relnamespace = $1) then
    perform citus_internal.fail('0A000', 'distributed schema cannot have distributed tables', null,
      'Undistribute distributed tables before distributing the schema');
  end if;
  raise notice 'distributing the schema %', $1;
  group_id := citus_internal.add_colocation(1, 1, 0, 0);
  insert into pg_catalog.pg_dist_schema values ($1, group_id);
  perform citus_internal.push_to_others(citus_internal.schema_ddl($1) || format(
    'insert into pg_catalog.pg_dist_schema values (%L::regnamespace, %s)', $1, group_id));
  for t in select c.oid from pg_catalog.pg_class c where c.relnamespace = $1 and c.relkind in ('r', 'p') order by c.oid loop
    perform citus_internal.distribute_into(t, group_id);
  end loop;
end $$;

create function pg_catalog.citus_schema_undistribute(schemaname regnamespace) returns void
language plpgsql strict security definer as $$
declare
  group_id integer := (select s.colocationid from pg_catalog.pg_dist_schema s where s.schemaid = $1);
  t regclass;
begin
  perform citus_internal.need_coordinator();
  if not pg_has_role(citus_internal.caller(), (select n.nspowner from pg_catalog.pg_namespace n where n.oid = $1), 'usage') then
    perform citus_internal.fail('42501', format('must be owner of schema %s', $1));
  end if;
  if group_id is null then perform citus_internal.fail('22023', format('schema %s is not distributed', $1)); end if;
  raise notice 'undistributing schema %', $1;
  for t in select p.logicalrelid from pg_catalog.pg_dist_partition p where p.colocationid = group_id order by p.logicalrelid::oid loop
    perform citus_internal.bring_rows_home(t);
    perform citus_internal.forget_table(t, citus_internal.qualified(t), citus_internal.shard_names_of(t));
  end loop;
  delete from pg_catalog.pg_dist_schema s where s.schemaid = $1;
  delete from pg_catalog.pg_dist_colocation c where c.colocationid = group_id;
  perform citus_internal.push_to_others(format('delete from pg_catalog.pg_dist_schema where colocationid = %1$s; '
    'delete from pg_catalog.pg_dist_colocation where colocationid = %1$s', group_id));
end $$;

create function pg_catalog.citus_schema_move(schema_id regnamespace, target_node_name text, target_node_port integer,
  shard_transfer_mode citus.shard_transfer_mode default 'auto') returns void language plpgsql strict as $$
declare
  shard bigint;
  home pg_catalog.pg_dist_node;
begin
  if not exists (select from pg_catalog.pg_dist_schema d where d.schemaid = $1) then
    perform citus_internal.fail('22023', format('schema %s is not a distributed schema', $1));
  end if;
  select s.shardid into shard from pg_catalog.pg_dist_schema d
    join pg_catalog.pg_dist_partition p on p.colocationid = d.colocationid
    join pg_catalog.pg_dist_shard s using (logicalrelid) where d.schemaid = $1 order by 1 limit 1;
  if shard is null then
    perform citus_internal.fail('22023', format('cannot move distributed schema %s because it is empty', $1));
  end if;
  select n.* into home from pg_catalog.pg_dist_placement p join pg_catalog.pg_dist_node n on n.groupid = p.groupid
     and n.noderole = 'primary' where p.shardid = shard;
  perform pg_catalog.citus_move_shard_placement(shard, home.nodename, home.nodeport, $2, $3, $4);
end $$;

create function pg_catalog.citus_schema_move(schema_id regnamespace, target_node_id integer,
  shard_transfer_mode citus.shard_transfer_mode default 'auto') returns void language plpgsql strict as $$
declare
  t pg_catalog.pg_dist_node := citus_internal.node_with_id($2);
begin
  perform pg_catalog.citus_schema_move($1, t.nodename, t.nodeport, $3);
end $$;

create function pg_catalog.citus_add_local_table_to_metadata(table_name regclass, cascade_via_foreign_keys boolean
  default false) returns void language plpgsql strict security definer as $$
declare
  id bigint;
begin
  perform citus_internal.need_coordinator();
  if not exists (select from pg_catalog.pg_dist_node n where n.groupid = 0) then
    perform citus_internal.fail('55000', 'operation is not allowed when coordinator is not added into metadata', null,
      'Use "SELECT citus_set_coordinator_host(''<hostname>'', ''<port>'')" to configure the coordinator hostname and port');
  end if;
  perform citus_internal.refuse_kind_of_table($1);
  if exists (select from pg_catalog.pg_dist_partition p where p.logicalrelid = $1) then return; end if;
  perform citus_internal.add_partition($1, 'n', null, 0, 's');
  id := citus_internal.add_shard($1, null, null);
  perform citus_internal.add_placement(id, 0);
  perform citus_internal.create_shard($1, id);
  perform citus_internal.push_rows($1, null, array[id]);
end $$;

-- Metadata only: the shards must line up already.
create function pg_catalog.update_distributed_table_colocation(table_name regclass, colocate_with text) returns void
language plpgsql strict as $$
begin
  perform citus_internal.recolocate($1, case when lower($2) <> 'none' then $2::regclass end);
end $$;

create function citus_internal.recolocate(p_rel regclass, p_with regclass) returns void language plpgsql security definer as $$
declare
  c pg_catalog.pg_dist_colocation;
  group_id integer;
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.need_owner(p_rel);
  select d.* into c from pg_catalog.pg_dist_partition p join pg_catalog.pg_dist_colocation d using (colocationid)
   where p.logicalrelid = p_rel;
  if not found then perform citus_internal.fail('42P16', format('relation %s is not distributed', citus_internal.bare_name(p_rel))); end if;
  if p_with is null then
    group_id := citus_internal.add_colocation(c.shardcount, c.replicationfactor, c.distributioncolumntype, c.distributioncolumncollation);
  else
    perform citus_internal.refuse_colocation(p_rel, p_with, c.distributioncolumntype, c.distributioncolumncollation);
    if exists (select from pg_catalog.pg_dist_shard a join pg_catalog.pg_dist_placement pa using (shardid)
                where a.logicalrelid = p_rel and not exists (
                  select from pg_catalog.pg_dist_shard b join pg_catalog.pg_dist_placement pb using (shardid)
                   where b.logicalrelid = p_with and b.shardminvalue = a.shardminvalue and pb.groupid = pa.groupid)) then
      perform citus_internal.fail('XX000', format('cannot colocate tables %s and %s', citus_internal.bare_name(p_with),
          citus_internal.bare_name(p_rel)), 'Shard placements of the tables do not line up.');
    end if;
    select p.colocationid into group_id from pg_catalog.pg_dist_partition p where p.logicalrelid = p_with;
  end if;
  update pg_catalog.pg_dist_partition set colocationid = group_id where logicalrelid = p_rel;
  perform citus_internal.push_to_others(format('update pg_catalog.pg_dist_partition set colocationid = %s where logicalrelid = %L::regclass',
                                               group_id, citus_internal.qualified(p_rel)));
end $$;
