create function citus_internal.shard_count_wanted(p_count integer) returns integer language plpgsql stable as $$
declare
  n integer := coalesce(p_count, citus_internal.setting_number('citus.shard_count', 32)::integer);
begin
  if n < 1 or n > 64000 then
    perform citus_internal.fail('XX000',
      format('%s is outside the valid range for parameter "shard_count" (1 .. 64000)', n));
  end if;
  return n;
end $$;

-- p_with: a table to be colocated with; null with p_alone for "none", null without it for "default".
create function citus_internal.distribute(p_rel regclass, p_column text, p_with regclass, p_alone boolean, p_count integer)
returns void language plpgsql security definer as $$
declare
  a pg_catalog.pg_attribute;
  group_id integer;
  shards bigint[];
  has_rows boolean;
begin
  perform citus_internal.need_coordinator();
  if p_count is not null then perform citus_internal.shard_count_wanted(p_count); end if;
  if p_with is not null and p_count is not null then
    perform citus_internal.fail('XX000', 'Cannot use colocate_with with a table and shard_count at the same time');
  end if;
  execute format('lock table only %s in share row exclusive mode', citus_internal.qualified(p_rel));
  perform citus_internal.refuse_kind_of_table(p_rel);
  if p_column is not null then
    perform citus_internal.refuse_column(p_rel, p_column);
    select * into a from pg_catalog.pg_attribute where attrelid = p_rel and attname = p_column;
  else
    a.atttypid := 0; a.attcollation := 0;
  end if;
  if p_with is not null then
    perform citus_internal.refuse_colocation(p_rel, p_with, a.atttypid, a.attcollation);
    select p.colocationid into group_id from pg_catalog.pg_dist_partition p where p.logicalrelid = p_with;
  elsif not p_alone then
    select min(c.colocationid) into group_id from pg_catalog.pg_dist_colocation c
     where c.shardcount = case when p_column is null then 1 else citus_internal.shard_count_wanted(p_count) end
       and c.replicationfactor = 1 and c.distributioncolumntype = a.atttypid;
    -- Looked up by type alone, and then refused: so does Citus.
    perform citus_internal.refuse_collation(p_rel, (select min(p.logicalrelid::oid)::regclass from pg_catalog.pg_dist_partition p
                                                     where p.colocationid = group_id))
      from pg_catalog.pg_dist_colocation c where c.colocationid = group_id and c.distributioncolumncollation <> a.attcollation;
  end if;
  if p_column is not null then perform citus_internal.refuse_constraints(p_rel, p_column); end if;
  perform citus_internal.refuse_attachments(p_rel);
  perform citus_internal.refuse_foreign_keys(p_rel, p_column, group_id);
  perform citus_internal.copy_missing_reference_tables();
  if group_id is null then
    if cardinality(citus_internal.homes()) = 0 then
      perform citus_internal.fail('22023', 'replication_factor (1) exceeds number of worker nodes (0)', null,
        'Add more worker nodes or try again with a lower replication factor.');
    end if;
    group_id := citus_internal.add_colocation(case when p_column is null then 1
      else citus_internal.shard_count_wanted(p_count) end, 1, a.atttypid, a.attcollation);
  end if;
  has_rows := citus_internal.tell_copying(p_rel);
  shards := citus_internal.make_shards(p_rel, case when p_column is null then 'n' else 'h' end, p_column, group_id);
  if has_rows then
    perform citus_internal.push_rows(p_rel, p_column, shards);
    perform citus_internal.tell_copied(p_rel);
  end if;
  perform citus_internal.push_foreign_keys(p_rel, shards);
end $$;

-- The shards of a new member of a colocation group stand where the group's first table has them, else round robin.
create function citus_internal.make_shards(p_rel regclass, p_method text, p_column text, p_colocationid integer)
returns bigint[] language plpgsql as $$
declare
  n integer := citus_internal.shard_count_of(p_colocationid);
  step bigint := 4294967296 / n;
  homes integer[] := citus_internal.homes();
  model regclass := (select p.logicalrelid from pg_catalog.pg_dist_partition p where p.colocationid = p_colocationid
                      order by p.logicalrelid::oid limit 1);
  shards bigint[] := '{}';
  low text;
  grp integer;
begin
  perform citus_internal.add_partition(p_rel, p_method::"char", p_column, p_colocationid, 's');
  for i in 0 .. n - 1 loop
    low := case when p_method = 'h' then (-2147483648 + i * step)::text end;
    shards := shards || citus_internal.add_shard(p_rel, low, case when p_method <> 'h' then null
      when i = n - 1 then '2147483647' else (-2147483648 + (i + 1) * step - 1)::text end);
    select p.groupid into grp from pg_catalog.pg_dist_shard s join pg_catalog.pg_dist_placement p using (shardid)
     where s.logicalrelid = model and s.shardminvalue is not distinct from low;
    if not found then
      grp := homes[1 + (case when p_method = 'h' then i else p_colocationid end) % cardinality(homes)];
    end if;
    perform citus_internal.add_placement(shards[i + 1], grp);
    perform citus_internal.push_to_group(grp, citus_internal.create_shard_command(p_rel, shards[i + 1]));
  end loop;
  return shards;
end $$;

create function citus_internal.push_foreign_keys(p_rel regclass, p_shards bigint[]) returns void language plpgsql as $$
declare
  r record;
begin
  for r in select p.groupid, citus_internal.shard_foreign_keys(p_rel, p.shardid) as ddl
             from pg_catalog.pg_dist_placement p where p.shardid = any (p_shards) order by p.shardid loop
    if r.ddl is not null then perform citus_internal.push_to_group(r.groupid, r.ddl); end if;
  end loop;
end $$;

create function pg_catalog.create_distributed_table(table_name regclass, distribution_column text,
  distribution_type citus.distribution_type default 'hash', colocate_with text default 'default',
  shard_count integer default null) returns void language plpgsql as $$
begin
  if table_name is null then return; end if;
  if distribution_type <> 'hash' then
    perform citus_internal.fail('0A000', format('the stand-in distributes by hash only, not by %s', distribution_type));
  end if;
  perform citus_internal.distribute(table_name, distribution_column,
    case when lower(colocate_with) not in ('default', 'none') then colocate_with::regclass end,
    lower(colocate_with) = 'none', shard_count);
end $$;

-- Fails where Citus fails today, and leaves what Citus leaves: a local table that is in the metadata.
create function pg_catalog.create_distributed_table_concurrently(table_name regclass, distribution_column text,
  distribution_type citus.distribution_type default 'hash', colocate_with text default 'default',
  shard_count integer default null) returns void language plpgsql as $$
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.refuse_kind_of_table(table_name);
  perform citus_internal.refuse_column(table_name, distribution_column);
  if not citus_internal.has_replica_identity(table_name) then
    raise notice using message = format('relation %s does not have a REPLICA IDENTITY or PRIMARY KEY', citus_internal.bare_name(table_name)),
      detail = 'UPDATE and DELETE commands on the relation will error out during create_distributed_table_concurrently '
               'unless there is a REPLICA IDENTITY or PRIMARY KEY. INSERT commands will still work.';
  end if;
  perform citus_internal.run_aside(format('select pg_catalog.citus_add_local_table_to_metadata(%L)::text',
                                          citus_internal.qualified(table_name)));
  perform citus_internal.refuse_output_plugin();
end $$;

create function pg_catalog.create_reference_table(table_name regclass) returns void
language plpgsql strict security definer as $$
declare
  group_id integer := (select c.colocationid from pg_catalog.pg_dist_colocation c where c.replicationfactor = -1);
  id bigint;
  grp integer;
  has_rows boolean;
begin
  perform citus_internal.need_coordinator();
  execute format('lock table only %s in share row exclusive mode', citus_internal.qualified(table_name));
  perform citus_internal.refuse_kind_of_table(table_name);
  perform citus_internal.refuse_attachments(table_name);
  perform citus_internal.refuse_foreign_keys_of_reference(table_name);
  if not exists (select from pg_catalog.pg_dist_node n where n.isactive and n.noderole = 'primary') then
    perform citus_internal.fail('55000', 'no worker nodes are available for placing shards', null,
      'Add more worker nodes.');
  end if;
  perform citus_internal.copy_missing_reference_tables();
  has_rows := citus_internal.tell_copying(table_name);
  if group_id is null then group_id := citus_internal.add_colocation(1, -1, 0, 0); end if;
  perform citus_internal.add_partition(table_name, 'n', null, group_id, 't');
  id := citus_internal.add_shard(table_name, null, null);
  for grp in select n.groupid from pg_catalog.pg_dist_node n where n.isactive and n.noderole = 'primary'
              order by n.nodename collate "C", n.nodeport loop
    perform citus_internal.add_placement(id, grp);
    perform citus_internal.push_to_group(grp, citus_internal.create_shard_command(table_name, id));
  end loop;
  if has_rows then
    perform citus_internal.push_rows(table_name, null, array[id]);
    perform citus_internal.tell_copied(table_name);
  end if;
  perform citus_internal.push_foreign_keys(table_name, array[id]);
end $$;

create function pg_catalog.truncate_local_data_after_distributing_table(function_name regclass) returns void
language plpgsql strict security definer as $$
declare
  pointing regclass;
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.need_owner($1);
  if not exists (select from pg_catalog.pg_dist_partition p where p.logicalrelid = $1) then
    perform citus_internal.fail('XX000', 'supplied parameter is not a distributed relation',
      'This UDF only truncates local records of distributed tables.');
  end if;
  select o.conrelid::regclass into pointing from pg_catalog.pg_constraint o
   where o.confrelid = $1 and o.contype = 'f' and o.conrelid <> $1
     and not exists (select from pg_catalog.pg_dist_partition p where p.logicalrelid = o.conrelid) limit 1;
  if found then
    perform citus_internal.fail('XX000', 'cannot truncate a table referenced in a foreign key constraint by a local table',
      format('Table "%s" references "%s"', citus_internal.bare_name(pointing), citus_internal.bare_name($1)));
  end if;
  execute format('truncate table only %s cascade', citus_internal.qualified($1));
end $$;
