-- Back to plain tables, and what happens when a distributed table is dropped.

-- Takes a table out of Citus: its shards are dropped, its rows in the catalogs deleted, here and on the other nodes.
create function citus_internal.forget_table(p_rel regclass, p_name text, p_shards text[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  r record;
  p pg_dist_partition;
begin
  select * into p from pg_dist_partition where logicalrelid = p_rel;
  for r in select pl.groupid, string_agg(distinct t.name, ', ') as names
             from pg_dist_shard s join pg_dist_placement pl using (shardid)
             join unnest(p_shards) t (name) on t.name like '%\_' || s.shardid or t.name like '%\_' || s.shardid || '"'
            where s.logicalrelid = p_rel group by pl.groupid loop
    perform citus_internal.push_to_group(r.groupid, format('drop table if exists %s cascade', r.names));
  end loop;
  perform citus_internal.push_to_others(format(
    'delete from pg_catalog.pg_dist_placement where shardid in (select shardid from pg_catalog.pg_dist_shard where '
    'logicalrelid = to_regclass(%1$L)); delete from pg_catalog.pg_dist_shard where logicalrelid = to_regclass(%1$L); '
    'delete from pg_catalog.pg_dist_partition where logicalrelid = to_regclass(%1$L); drop table if exists %2$s cascade',
    p_name, p_name));
  delete from pg_dist_placement pl using pg_dist_shard s where pl.shardid = s.shardid and s.logicalrelid = p_rel;
  delete from pg_dist_shard where logicalrelid = p_rel;
  delete from pg_dist_partition where logicalrelid = p_rel;
  if p.partmethod = 'h' and not exists (select from pg_dist_partition o where o.colocationid = p.colocationid) then
    delete from pg_dist_colocation where colocationid = p.colocationid;
    perform citus_internal.push_to_others(
      format('delete from pg_catalog.pg_dist_colocation where colocationid = %s', p.colocationid));
  end if;
end $$;

create function citus_internal.shard_names_of(p_rel regclass) returns text[] language sql stable as $$
  select array_agg(pg_catalog.shard_name(p_rel, s.shardid, false)) from pg_catalog.pg_dist_shard s
   where s.logicalrelid = p_rel
$$;

-- Brings the rows home. The table itself stays the same relation, so views, grants and sequences stay with it; Citus
-- makes a new table and says so, and the notices here are Citus' for what a person is told.
create function citus_internal.bring_rows_home(p_rel regclass) returns void language plpgsql as $$
declare
  s record;
  rows text;
begin
  execute format('truncate table only %s cascade', citus_internal.qualified(p_rel));
  for s in select sh.shardid, min(p.groupid) as groupid from pg_catalog.pg_dist_shard sh
             join pg_catalog.pg_dist_placement p using (shardid) where sh.logicalrelid = p_rel group by sh.shardid loop
    rows := citus_internal.rows_of_shard(p_rel, s.shardid, s.groupid);
    if rows is not null then
      execute citus_internal.insert_command(p_rel, citus_internal.qualified(p_rel), rows);
    end if;
  end loop;
end $$;

create function citus_internal.tell_rewriting(p_name text) returns void language plpgsql as $$
begin
  raise notice 'creating a new table for %', p_name;
  raise notice 'moving the data of %', p_name;
  raise notice 'dropping the old %', p_name;
  raise notice 'renaming the new table to %', p_name;
end $$;

create function pg_catalog.undistribute_table(table_name regclass, cascade_via_foreign_keys boolean default false)
returns void language plpgsql security definer as $$
declare
  tables regclass[] := array[table_name];
  t regclass;
begin
  perform citus_internal.need_coordinator();
  if not exists (select from pg_catalog.pg_dist_partition p where p.logicalrelid = table_name) then
    perform citus_internal.fail('XX000', 'cannot undistribute table because the table is not distributed');
  end if;
  perform citus_internal.need_owner(table_name);
  if exists (select from pg_catalog.pg_dist_schema s join pg_catalog.pg_class c on c.relnamespace = s.schemaid where c.oid = table_name) then
    perform citus_internal.fail('XX000', format('%s is not allowed for undistribute_table because it belongs to a distributed schema',
                                                citus_internal.qualified(table_name)));
  end if;
  perform citus_internal.refuse_tied_table(table_name, cascade_via_foreign_keys);
  if cascade_via_foreign_keys then tables := citus_internal.tied_tables(table_name); end if;
  if exists (select from pg_catalog.pg_attribute a where a.attrelid = any (tables) and a.attidentity <> '' and not a.attisdropped) then
    perform citus_internal.fail('0A000', 'cannot complete operation on a table with identity column');
  end if;
  foreach t in array tables loop
    perform citus_internal.tell_rewriting(citus_internal.qualified(t));
    perform citus_internal.bring_rows_home(t);
  end loop;
  foreach t in array tables loop
    perform citus_internal.forget_table(t, citus_internal.qualified(t), citus_internal.shard_names_of(t));
  end loop;
end $$;

-- A table and all that foreign keys tie to it, over any number of steps.
create function citus_internal.tied_tables(p_rel regclass) returns regclass[] language sql stable as $$
  with recursive tied as (
    select p_rel::oid as oid
    union
    select case when o.conrelid = t.oid then o.confrelid else o.conrelid end
      from tied t join pg_catalog.pg_constraint o on o.contype = 'f' and t.oid in (o.conrelid, o.confrelid)
  )
  select array_agg(t.oid::regclass order by t.oid) from tied t
    join pg_catalog.pg_dist_partition p on p.logicalrelid = t.oid
$$;

create function citus_internal.refuse_tied_table(p_rel regclass, p_cascade boolean) returns void
language plpgsql stable as $fn$
declare
  points boolean := exists (select from pg_catalog.pg_constraint o
                             where o.contype = 'f' and o.conrelid = p_rel);
  pointed_at boolean := exists (select from pg_catalog.pg_constraint o
                                 where o.contype = 'f' and o.confrelid = p_rel and o.conrelid <> p_rel);
begin
  if p_cascade or not (points or pointed_at) then return; end if;
  perform citus_internal.fail('XX000', format('cannot complete operation because table %s %s a foreign key',
      citus_internal.bare_name(p_rel), case when points then 'has' else 'is referenced by' end), null,
    format('Use cascade option to undistribute all the relations involved in a foreign key relationship with %1$s by '
           'executing SELECT undistribute_table($$%1$s$$, cascade_via_foreign_keys=>true)',
           citus_internal.qualified(p_rel)));
end $fn$;

create function pg_catalog.alter_distributed_table(table_name regclass, distribution_column text default null,
  shard_count integer default null, colocate_with text default null, cascade_to_colocated boolean default null)
returns void language plpgsql as $$
begin
  perform citus_internal.redistribute(table_name, distribution_column, shard_count,
    case when lower(colocate_with) not in ('default', 'none') then colocate_with::regclass end,
    lower(colocate_with) = 'none', cascade_to_colocated);
end $$;

create function citus_internal.redistribute(p_rel regclass, p_column text, p_count integer, p_with regclass,
  p_alone boolean, p_cascade boolean) returns void language plpgsql security definer as $$
declare
  p pg_catalog.pg_dist_partition;
  key text;
begin
  perform citus_internal.need_coordinator();
  select * into p from pg_catalog.pg_dist_partition where logicalrelid = p_rel and partmethod = 'h';
  if not found then
    perform citus_internal.fail('XX000', 'cannot alter table because the table is not distributed');
  end if;
  perform citus_internal.need_owner(p_rel);
  perform citus_internal.refuse_tied_table(p_rel, false);
  key := pg_catalog.column_to_column_name(p_rel, p.partkey);
  if p_count is not null and p_cascade is null and 1 < (select count(*) from pg_catalog.pg_dist_partition o
                                                         where o.colocationid = p.colocationid) then
    perform citus_internal.fail('XX000', 'cascade_to_colocated parameter is necessary',
      'this table is colocated with some other tables',
      'cascade_to_colocated := false will break the current colocation, cascade_to_colocated := true will change the '
      'shard count of colocated tables too.');
  end if;
  if coalesce(p_column, key) = key and coalesce(p_count, 0) in (0, citus_internal.shard_count_of(p.colocationid))
     and p_with is null and not coalesce(p_alone, false) then
    perform citus_internal.fail('XX000', 'this call doesn''t change any properties of the table');
  end if;
  if p_cascade then
    perform citus_internal.fail('0A000', 'the stand-in alters one table at a time: cascade_to_colocated must be false');
  end if;
  perform citus_internal.tell_rewriting(citus_internal.qualified(p_rel));
  perform citus_internal.bring_rows_home(p_rel);
  perform citus_internal.forget_table(p_rel, citus_internal.qualified(p_rel), citus_internal.shard_names_of(p_rel));
  perform citus_internal.distribute_quietly(p_rel, coalesce(p_column, key), p_with, coalesce(p_alone, false),
    case when p_with is null then coalesce(p_count, citus_internal.shard_count_of(p.colocationid), 32) end);
  execute format('truncate table only %s', citus_internal.qualified(p_rel));
end $$;

create function citus_internal.distribute_quietly(p_rel regclass, p_column text, p_with regclass, p_alone boolean,
  p_count integer) returns void language plpgsql set client_min_messages = warning as $$
begin
  perform citus_internal.distribute(p_rel, p_column, p_with, p_alone, p_count);
end $$;

create function pg_catalog.citus_drop_trigger() returns event_trigger language plpgsql security definer
set search_path = pg_catalog as $$
declare
  r record;
begin
  if citus_internal.local_groupid() <> 0 then return; end if;
  for r in select d.objid, d.object_identity, d.schema_name, d.object_name from pg_event_trigger_dropped_objects() d
            where d.object_type = 'table' and exists (select from pg_dist_partition p where p.logicalrelid = d.objid) loop
    perform citus_internal.forget_table(r.objid, r.object_identity,
      (select array_agg(format('%I.%I', r.schema_name, r.object_name || '_' || s.shardid))
         from pg_dist_shard s where s.logicalrelid = r.objid));
  end loop;
end $$;
create event trigger citus_cascade_to_partition on sql_drop execute function pg_catalog.citus_drop_trigger();
