-- On every node: the tables that people see, empty and real, and Citus' catalogs of their shards.
-- wanted: one row per table; homes: the groups that hold shards, in order.
create schema scale authorization shop_owner;
grant usage on schema scale to public;

do $$
declare t record;
begin
  for t in select w.name from pg_temp.wanted w order by w.name loop
    execute format('create table scale.%I (id bigint primary key, note text)', t.name);
    execute format('alter table scale.%I owner to shop_owner', t.name);
  end loop;
end $$;

insert into pg_catalog.pg_dist_colocation
select distinct w.colocationid, w.shards, 1, 'bigint'::regtype::oid, 0 from pg_temp.wanted w;

insert into pg_catalog.pg_dist_partition (logicalrelid, partmethod, partkey, colocationid, repmodel)
select rel, 'h', pg_catalog.column_name_to_column(rel, 'id'), w.colocationid, 's'
  from pg_temp.wanted w cross join lateral (select format('scale.%I', w.name)::regclass as rel) r;

-- Hash ranges as Citus cuts them. Where a shard is hangs on its colocation group and its range, so colocated ones are together.
create temporary table made as
select format('scale.%I', w.name)::regclass as rel, w.name, w.first_shard + i as shardid,
       -2147483648 + i * (4294967296 / w.shards) as low,
       case when i = w.shards - 1 then 2147483647 else -2147483648 + (i + 1) * (4294967296 / w.shards) - 1 end as high,
       h.ids[1 + (i + w.colocationid * 37) % cardinality(h.ids)] as groupid
  from pg_temp.wanted w cross join pg_temp.homes h cross join lateral generate_series(0, w.shards - 1) i;

insert into pg_catalog.pg_dist_shard select m.rel, m.shardid, 't', m.low::text, m.high::text from pg_temp.made m;
insert into pg_catalog.pg_dist_placement
select f.id + row_number() over (order by m.shardid), m.shardid, 1, 0, m.groupid
  from pg_temp.made m cross join pg_temp.first_placement f;
