-- Making distributed and reference tables.
create function citus_internal.create_shard(p_rel regclass, p_shardid bigint) returns void language plpgsql
set search_path = pg_catalog set client_min_messages = warning as $$
declare
  shard text := shard_name(p_rel, p_shardid, false);
begin
  execute format('drop table if exists %s cascade', shard);
  execute format('create %s table %s (like %s including all excluding identity excluding defaults)',
    (select case c.relpersistence when 'u' then 'unlogged' else '' end from pg_class c where c.oid = p_rel),
    shard, citus_internal.qualified(p_rel));
  execute format('alter table %s owner to %I', shard,
    (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = p_rel));
end $$;

create function citus_internal.create_shard_command(p_rel regclass, p_shardid bigint) returns text language sql stable as $$
  select format('do $x$ begin perform citus_internal.create_shard(%L::regclass, %s); end $x$',
                citus_internal.qualified(p_rel), p_shardid)
$$;

-- The foreign keys of one shard: to the shard of the same range in a colocated table, or to a reference table's copy.
create function citus_internal.shard_foreign_keys(p_rel regclass, p_shardid bigint) returns text language sql stable
set search_path = pg_catalog as $$
  select string_agg(format('alter table %s add constraint %I %s', shard_name(p_rel, p_shardid, false),
      left(o.conname, 50) || '_' || p_shardid,
      regexp_replace(pg_get_constraintdef(o.oid), ' REFERENCES [^(]+\(',
                     format(' REFERENCES %s(', shard_name(o.confrelid, other.shardid, false)))), '; ' order by o.oid)
    from pg_constraint o
    join pg_dist_shard mine on mine.shardid = p_shardid
    join pg_dist_shard other on other.logicalrelid = o.confrelid
     and (other.shardminvalue is null or other.shardminvalue = mine.shardminvalue)
   where o.conrelid = p_rel and o.contype = 'f'
$$;

create function citus_internal.columns_of(p_rel regclass) returns text language sql stable as $$
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_catalog.pg_attribute a
   where a.attrelid = p_rel and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
$$;

-- Inserts rows that travel as the text of an array of the table's row type.
create function citus_internal.insert_command(p_rel regclass, p_shard text, p_rows text) returns text language sql stable as $$
  select format('insert into %1$s (%2$s) overriding system value select %2$s from unnest(%3$L::%4$s[])', p_shard,
                citus_internal.columns_of(p_rel), p_rows, citus_internal.qualified(p_rel))
$$;

-- Sends the table's own rows to its shards, a few thousand at a time.
create function citus_internal.push_rows(p_rel regclass, p_column text, p_shards bigint[]) returns bigint
language plpgsql set search_path = pg_catalog as $$
declare
  part record;
  total bigint := 0;
  grp integer;
begin
  for part in execute format(
    'select slice, count(*) as n, array_agg(r)::text as rows from ('
    '  select t as r, %1$s as slice, row_number() over (partition by %1$s) / 5000 as part from only %2$s t) s '
    'group by slice, part order by slice, part',
    case when p_column is null then '1' else format('1 + citus_internal.slice_of(%s(t.%I), %s)',
      citus_internal.hash_function((select a.atttypid from pg_attribute a
                                     where a.attrelid = p_rel and a.attname = p_column)), p_column,
      cardinality(p_shards)) end, citus_internal.qualified(p_rel)) loop
    if part.slice is null then
      perform citus_internal.fail('22004', format('the partition column of table %s cannot be NULL',
                                                  citus_internal.qualified(p_rel)));
    end if;
    for grp in select p.groupid from pg_dist_placement p where p.shardid = p_shards[part.slice] loop
      perform citus_internal.push_to_group(grp, citus_internal.insert_command(p_rel,
        shard_name(p_rel, p_shards[part.slice], false), part.rows));
    end loop;
    total := total + part.n;
  end loop;
  return total;
end $$;

create function citus_internal.add_placement(p_shardid bigint, p_groupid integer) returns void language plpgsql as $$
declare
  id bigint := nextval('pg_catalog.pg_dist_placement_placementid_seq');
begin
  insert into pg_catalog.pg_dist_placement values (id, p_shardid, 1, 0, p_groupid);
  perform citus_internal.push_to_others(format(
    'insert into pg_catalog.pg_dist_placement values (%s, %s, 1, 0, %s)', id, p_shardid, p_groupid));
end $$;

create function citus_internal.add_shard(p_rel regclass, p_min text, p_max text) returns bigint language plpgsql as $$
declare
  id bigint := nextval('pg_catalog.pg_dist_shardid_seq');
begin
  insert into pg_catalog.pg_dist_shard values (p_rel, id, 't', p_min, p_max);
  perform citus_internal.push_to_others(format('insert into pg_catalog.pg_dist_shard values (%L, %s, ''t'', %L, %L)',
                                               citus_internal.qualified(p_rel), id, p_min, p_max));
  return id;
end $$;

create function citus_internal.add_colocation(p_count integer, p_factor integer, p_type oid, p_collation oid)
returns integer language plpgsql as $$
declare
  id integer := nextval('pg_catalog.pg_dist_colocationid_seq');
begin
  insert into pg_catalog.pg_dist_colocation values (id, p_count, p_factor, p_type, p_collation);
  perform citus_internal.push_to_others(format('insert into pg_catalog.pg_dist_colocation values (%s, %s, %s, %s, %s)',
                                               id, p_count, p_factor, p_type, p_collation));
  return id;
end $$;

create function citus_internal.add_partition(p_rel regclass, p_method "char", p_column text, p_colocationid integer,
  p_model "char") returns void language plpgsql as $$
declare
  key text := pg_catalog.column_name_to_column(p_rel, p_column);
begin
  delete from pg_catalog.pg_dist_partition where logicalrelid = p_rel;
  insert into pg_catalog.pg_dist_partition values (p_rel, p_method, key, p_colocationid, p_model, false);
  perform citus_internal.push_to_others(citus_internal.ddl_for_other_nodes(p_rel));
  -- The column's number may be another one there, if columns were dropped here.
  perform citus_internal.push_to_others(format(
    'insert into pg_catalog.pg_dist_partition values (%1$L, %2$L, pg_catalog.column_name_to_column(%1$L, %3$L), %4$s, %5$L, false)',
    citus_internal.qualified(p_rel), p_method, p_column, p_colocationid, p_model));
end $$;

create function citus_internal.homes() returns integer[] language sql stable as $$
  select coalesce(array_agg(n.groupid order by n.nodename collate "C", n.nodeport), '{}') from pg_catalog.pg_dist_node n
   where n.isactive and n.noderole = 'primary' and n.shouldhaveshards
$$;

create function citus_internal.tell_copying(p_rel regclass) returns boolean language plpgsql stable as $$
declare
  has_rows boolean;
begin
  execute format('select exists (select from only %s)', citus_internal.qualified(p_rel)) into has_rows;
  if has_rows then raise notice 'Copying data from local table...'; end if;
  return has_rows;
end $$;

create function citus_internal.tell_copied(p_rel regclass) returns void language plpgsql stable as $fn$
begin
  raise notice using message = 'copying the data has completed',
    detail = 'The local data in the table is no longer visible, but is still on disk.',
    hint = format('To remove the local data, run: SELECT truncate_local_data_after_distributing_table($$%s$$)',
                  citus_internal.qualified(p_rel));
end $fn$;
