-- On every worker: what answers for its shards in pg_class. To create a hundred thousand tables takes minutes, so a few real
-- tables of different sizes are made, and every shard is a row of pg_class with the name of its own and the file of one of
-- those. No columns, no index, no type: enough to be opened and measured. To drop one would take the file from all of its kind.
create schema scale_files;

do $$
declare k integer;
begin
  -- 8 kB to 16 MB, each twice the one before. Sixteen bytes a column, none that could be toasted.
  for k in 0 .. 11 loop
    execute format('create table scale_files.kind_%s (%s) with (autovacuum_enabled = off)', k,
      (select string_agg(format('c%s uuid not null', c), ', ') from generate_series(1, 60) c));
    execute format('insert into scale_files.kind_%s select %s from generate_series(1, %s)', k,
      (select string_agg('''00000000-0000-0000-0000-000000000000''::uuid', ', ') from generate_series(1, 60)), 8 * 2 ^ k);
    execute format('analyze scale_files.kind_%s', k);
  end loop;
end $$;

-- Most are small, as in life: the kind is drawn from the shard's number, four kinds up or down from its table's.
create temporary table of_class as
select 100000000 + row_number() over (order by m.shardid) as oid,
       citus_internal.bare_shard_name(m.name, m.shardid) as relname,
       format('scale_files.kind_%s', greatest(0, least(11,
         abs(hashtext(m.name)) % 9 + abs(hashint8(m.shardid)) % 4 - 1)))::regclass as kind
  from pg_temp.made m
 where m.groupid = any (select n.groupid from pg_catalog.pg_dist_node n where n.nodeport = current_setting('port')::integer);

do $$
declare
  columns text;
  expressions text;
begin
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum),
         string_agg(case a.attname when 'oid' then 'o.oid::oid' when 'relname' then 'o.relname'
                                   when 'relnamespace' then quote_literal('scale') || '::regnamespace'
                                   when 'reltype' then '0' when 'relnatts' then '0'
                                   when 'relowner' then quote_literal('shop_owner') || '::regrole'
                                   else 'c.' || quote_ident(a.attname) end, ', ' order by a.attnum)
    into columns, expressions
    from pg_catalog.pg_attribute a
   where a.attrelid = 'pg_catalog.pg_class'::regclass and a.attnum > 0 and not a.attisdropped;
  set local allow_system_table_mods = on;
  execute format('insert into pg_catalog.pg_class (%s) select %s from pg_temp.of_class o join pg_catalog.pg_class c on c.oid = o.kind',
                 columns, expressions);
end $$;
