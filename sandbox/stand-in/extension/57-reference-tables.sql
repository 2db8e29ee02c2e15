-- Copies of reference tables on nodes that have none yet.
create view citus_internal.missing_reference_copies as
  select s.shardid, s.logicalrelid, n.nodeid, n.groupid,
         (select p.groupid from pg_catalog.pg_dist_placement p where p.shardid = s.shardid
           order by p.groupid limit 1) as source_groupid
    from pg_catalog.pg_dist_partition t
    join pg_catalog.pg_dist_shard s using (logicalrelid)
    cross join pg_catalog.pg_dist_node n
   where t.partmethod = 'n' and t.repmodel = 't' and n.isactive and n.noderole = 'primary'
     and not exists (select from pg_catalog.pg_dist_placement p where p.shardid = s.shardid and p.groupid = n.groupid);

-- The rows of a shard as text, wherever it is.
create function citus_internal.rows_of_shard(p_rel regclass, p_shardid bigint, p_groupid integer) returns text
language plpgsql as $$
declare
  command text := format('select array_agg(t)::text from %s t', pg_catalog.shard_name(p_rel, p_shardid, false));
  rows text;
  a citus_internal.answer;
begin
  if p_groupid = citus_internal.local_groupid() then
    execute command into rows;
    return rows;
  end if;
  a := citus_internal.fan_out(array(select (n.nodeid, n.nodename, n.nodeport, command)::citus_internal.target
        from pg_catalog.pg_dist_node n where n.groupid = p_groupid and n.noderole = 'primary'),
        current_user, 'citus_internal');
  if not a.success then perform citus_internal.raise_answer(a); end if;
  return nullif(a.result, '');
end $$;

create function citus_internal.copy_missing_reference_tables() returns void language plpgsql as $$
declare
  m record;
  rows text;
begin
  for m in select * from citus_internal.missing_reference_copies order by logicalrelid::oid, groupid loop
    rows := citus_internal.rows_of_shard(m.logicalrelid, m.shardid, m.source_groupid);
    perform citus_internal.add_placement(m.shardid, m.groupid);
    perform citus_internal.push_to_group(m.groupid, citus_internal.create_shard_command(m.logicalrelid, m.shardid));
    if rows is not null then
      perform citus_internal.push_to_group(m.groupid, citus_internal.insert_command(m.logicalrelid,
        pg_catalog.shard_name(m.logicalrelid, m.shardid, false), rows));
    end if;
  end loop;
  for m in select * from citus_internal.missing_reference_copies loop
    perform citus_internal.push_foreign_keys(m.logicalrelid, array[m.shardid]);
  end loop;
end $$;

create function pg_catalog.replicate_reference_tables(shard_transfer_mode citus.shard_transfer_mode default 'auto')
returns void language plpgsql security definer as $$
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.copy_missing_reference_tables();
end $$;
