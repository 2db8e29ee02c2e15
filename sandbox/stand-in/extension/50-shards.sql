-- Names, ranges and hashes of shards.
create function pg_catalog.shard_name(object_name regclass, shard_id bigint, skip_qualify_public boolean default true)
returns text language plpgsql stable strict set search_path = pg_catalog as $$
declare
  bare text;
  full_name text;
  suffix text := '_' || shard_id;
  nsp name;
begin
  select c.relname, n.nspname into bare, nsp from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.oid = object_name;
  if not found then
    perform citus_internal.fail('22023', 'object_name does not reference a valid relation');
  end if;
  full_name := bare || suffix;
  if octet_length(full_name) > 63 then
    full_name := left(bare, 63 - length(suffix) - 9) || '_' || lpad(to_hex(hashtext(bare)), 8, '0') || suffix;
  end if;
  if nsp = 'public' and skip_qualify_public then return quote_ident(full_name); end if;
  return quote_ident(nsp) || '.' || quote_ident(full_name);
end $$;

-- pg_dist_partition.partkey is a column reference in PostgreSQL's own notation.
create function pg_catalog.column_name_to_column(table_name regclass, column_name text) returns text
language sql stable strict as $$
  select format('{VAR :varno 1 :varattno %1$s :vartype %2$s :vartypmod %3$s :varcollid %4$s :varlevelsup 0 :varnosyn 1 '
                ':varattnosyn %1$s :location -1}', a.attnum, a.atttypid::oid, a.atttypmod, a.attcollation)
    from pg_catalog.pg_attribute a
   where a.attrelid = $1 and a.attname = $2 and a.attnum > 0 and not a.attisdropped
$$;

create function pg_catalog.column_to_column_name(table_name regclass, column_var_text text) returns text
language sql stable strict as $$
  select a.attname::text from pg_catalog.pg_attribute a
   where a.attrelid = $1 and a.attnum = substring($2 from ':varattno ([0-9]+)')::smallint and not a.attisdropped
$$;

-- The hash support function of a type's default operator class, as a name to call, or null.
create function citus_internal.hash_function(p_type oid) returns regproc language sql stable as $$
  with recursive base as (
    select t.oid, t.typtype, t.typbasetype, t.typcategory from pg_catalog.pg_type t where t.oid = p_type
    union all
    select t.oid, t.typtype, t.typbasetype, t.typcategory from base b join pg_catalog.pg_type t on t.oid = b.typbasetype
     where b.typtype = 'd'
  ), wanted as (
    select case when b.typtype = 'e' then 'anyenum'::regtype::oid
                when b.typcategory = 'A' then 'anyarray'::regtype::oid
                when b.typtype = 'r' then 'anyrange'::regtype::oid
                when b.typtype = 'm' then 'anymultirange'::regtype::oid
                when b.typtype = 'c' then 'record'::regtype::oid
                when b.oid = 'varchar'::regtype then 'text'::regtype::oid else b.oid end as oid
      from base b where b.typtype <> 'd'
  )
  select p.amproc from wanted w
    join pg_catalog.pg_opclass c on c.opcintype = w.oid and c.opcdefault
     and c.opcmethod = (select a.oid from pg_catalog.pg_am a where a.amname = 'hash')
    join pg_catalog.pg_amproc p on p.amprocfamily = c.opcfamily and p.amproclefttype = c.opcintype
     and p.amprocrighttype = c.opcintype and p.amprocnum = 1
$$;

create function citus_internal.hash_of(p_type regtype, p_value text) returns integer language plpgsql stable as $$
declare
  hash integer;
  support regproc := citus_internal.hash_function(p_type);
begin
  if support is null then
    perform citus_internal.fail('42883', format('could not identify a hash function for type %s', p_type));
  end if;
  execute format('select %s(($1)::%s)', support, case when p_type = 'unknown'::regtype then 'text'::regtype else p_type end)
    into hash using p_value;
  return hash;
end $$;

-- An argument of type "any" is not for functions in SQL, whose bodies cannot look at its type. They are declared with text
-- and changed in the catalog: PostgreSQL puts such a one-line body in place of the call, and there it sees the real argument.
create function pg_catalog.worker_hash(value text) returns integer language sql stable as $$
  select citus_internal.hash_of(pg_typeof($1), format('%s', $1))
$$;
update pg_catalog.pg_proc set proargtypes = '2276'::oidvector where oid = 'pg_catalog.worker_hash(text)'::regprocedure;

create function citus_internal.shard_count_of(p_colocationid integer) returns integer language sql stable as $$
  select c.shardcount from pg_catalog.pg_dist_colocation c where c.colocationid = p_colocationid
$$;

-- Which of n equal slices of the hash space a hash falls in, from 0. The last slice takes what the division leaves over.
create function citus_internal.slice_of(p_hash integer, p_count integer) returns integer
language sql immutable parallel safe as $$
  select case when p_hash is not null then least(p_count - 1, ((p_hash::bigint + 2147483648) / (4294967296 / p_count))::integer) end
$$;

create function citus_internal.find_shard(p_rel regclass, p_value text) returns bigint language plpgsql stable
set search_path = pg_catalog as $$
declare
  p pg_dist_partition;
  key_type regtype;
  hash integer;
begin
  select * into p from pg_dist_partition where logicalrelid = p_rel;
  if not found then perform citus_internal.fail('42P16', 'relation is not distributed'); end if;
  if p.partmethod = 'n' then
    return (select s.shardid from pg_dist_shard s where s.logicalrelid = p_rel);
  end if;
  if p_value is null then
    perform citus_internal.fail('22004', 'distribution value cannot be NULL for tables other than reference tables.');
  end if;
  select a.atttypid into key_type from pg_attribute a
   where a.attrelid = p_rel and a.attname = column_to_column_name(p_rel, p.partkey);
  hash := citus_internal.hash_of(key_type, p_value);
  return (select s.shardid from pg_dist_shard s where s.logicalrelid = p_rel
             and hash between s.shardminvalue::integer and s.shardmaxvalue::integer);
end $$;

create function pg_catalog.get_shard_id_for_distribution_column(table_name regclass,
  distribution_value text default null) returns bigint language sql volatile as $$
  select citus_internal.find_shard_checked($1, format('%L', $2))
$$;

create function citus_internal.find_shard_checked(p_rel regclass, p_literal text) returns bigint
language plpgsql stable as $$
declare
  value text;
begin
  if not has_table_privilege(citus_internal.caller(), p_rel, 'select') then
    perform citus_internal.fail('42501', format('permission denied for table %s',
      (select c.relname from pg_catalog.pg_class c where c.oid = p_rel)));
  end if;
  execute 'select ' || p_literal into value;
  return citus_internal.find_shard(p_rel, value);
end $$;

-- The default of an argument of type "any" is a null of no type, which only a function written in C can be given.
create function citus_internal.untyped_default("any", "any" default null) returns regtype language internal as 'pg_typeof';
update pg_catalog.pg_proc set proargtypes = '2205 2276'::oidvector, proargdefaults = (
         select d.proargdefaults from pg_catalog.pg_proc d where d.proname = 'untyped_default')
 where oid = 'pg_catalog.get_shard_id_for_distribution_column(regclass, text)'::regprocedure;
drop function citus_internal.untyped_default("any", "any");
