-- What every node is told: roles, schemas, empty tables of the same name ("shells"), and Citus' catalogs.
create function citus_internal.qualified(p_rel regclass) returns text language sql stable as $$
  select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = p_rel
$$;

-- A role with its password and memberships, unless the other node has one of that name.
create function citus_internal.role_ddl(p_role name) returns text language sql stable as $$
  select format('do $r$ begin if not exists (select from pg_roles where rolname = %L) then create role %I %s %s %s; end if; end $r$; ',
           r.rolname, r.rolname, case when r.rolcanlogin then 'login' else 'nologin' end,
           case when r.rolsuper then 'superuser' else '' end, coalesce(format('password %L', r.rolpassword), ''))
      || coalesce((select string_agg(format('grant %I to %I; ', g.rolname, r.rolname), '')
                     from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
                    where m.member = r.oid and g.rolname like 'pg\_%'), '')
    from pg_catalog.pg_authid r where r.rolname = p_role
$$;

create function citus_internal.schema_ddl(p_schema regnamespace) returns text language sql stable as $$
  select format('create schema if not exists %I; ', n.nspname)
      || case when n.nspname = 'public' then '' else
         format('alter schema %I owner to %I; ', n.nspname, pg_get_userbyid(n.nspowner)) ||
         coalesce((select string_agg(format('grant %s on schema %I to %s; ', x.privilege_type, n.nspname,
                     case when x.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end), '')
                     from aclexplode(n.nspacl) x where x.grantee <> n.nspowner), '') end
    from pg_catalog.pg_namespace n where n.oid = p_schema
$$;

-- The table without its rows, defaults and foreign keys: a shard is made like it, so what a shard must have is here.
create function citus_internal.shell_ddl(p_rel regclass) returns text language plpgsql stable
set search_path = pg_catalog as $$
declare
  ddl text;
begin
  select format('create %s table %s (%s)', case c.relpersistence when 'u' then 'unlogged' else '' end,
      citus_internal.qualified(p_rel), (
        select string_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation else '' end,
            case when a.attgenerated in ('s', 'v')
                 then format(' generated always as (%s) %s', pg_get_expr(d.adbin, d.adrelid),
                             case a.attgenerated when 's' then 'stored' else 'virtual' end) else '' end,
            case when a.attnotnull then ' not null' else '' end), ', ' order by a.attnum)
          from pg_attribute a join pg_type t on t.oid = a.atttypid
          left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = p_rel and a.attnum > 0 and not a.attisdropped))
    into ddl from pg_class c where c.oid = p_rel;
  ddl := ddl || coalesce((select string_agg(format('; alter table %s add constraint %I %s',
      citus_internal.qualified(p_rel), o.conname, pg_get_constraintdef(o.oid)), '' order by o.contype, o.conname)
    from pg_constraint o where o.conrelid = p_rel and o.contype in ('p', 'u', 'c', 'x')), '');
  ddl := ddl || coalesce((select string_agg('; ' || pg_get_indexdef(i.indexrelid), '' order by i.indexrelid)
    from pg_index i where i.indrelid = p_rel
     and not exists (select from pg_constraint o where o.conindid = i.indexrelid and o.conrelid = p_rel)), '');
  return ddl || format('; alter table %s owner to %I', citus_internal.qualified(p_rel),
                       (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = p_rel))
    || coalesce((select string_agg(format('; grant %s on %s to %s', x.privilege_type, citus_internal.qualified(p_rel),
           case when x.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end), '')
         from pg_class c, aclexplode(c.relacl) x where c.oid = p_rel and x.grantee <> c.relowner), '');
end $$;

create function citus_internal.ddl_for_other_nodes(p_rel regclass) returns text language sql stable as $$
  select citus_internal.role_ddl(pg_get_userbyid(c.relowner)) || citus_internal.schema_ddl(c.relnamespace)
      || citus_internal.shell_ddl(p_rel)
    from pg_catalog.pg_class c where c.oid = p_rel
$$;

create function citus_internal.copy_of_catalog(p_table regclass) returns text language plpgsql
set search_path = pg_catalog as $$
declare rows text;
begin
  execute format('select jsonb_agg(to_jsonb(t)) from %s t', p_table) into rows;
  return format('delete from %1$s; insert into %1$s select * from jsonb_populate_recordset(null::%1$s, %2$L)',
                'pg_catalog.' || p_table::text, coalesce(rows, '[]'));
end $$;

-- Everything a node has to know, sent when this transaction commits.
create function citus_internal.send_metadata(p_nodeid integer) returns void language plpgsql
set search_path = pg_catalog as $$
declare
  grp integer := (select n.groupid from pg_dist_node n where n.nodeid = p_nodeid);
  r record;
begin
  perform citus_internal.push_to_group(grp, 'do $x$ begin perform citus_internal.forget_cluster(); end $x$');
  for r in select a.rolname from pg_roles a where a.rolname not like 'pg\_%' loop
    perform citus_internal.push_to_group(grp, citus_internal.role_ddl(r.rolname));
  end loop;
  for r in select p.logicalrelid from pg_dist_partition p order by p.logicalrelid::oid loop
    perform citus_internal.push_to_group(grp, citus_internal.ddl_for_other_nodes(r.logicalrelid));
  end loop;
  for r in select t.name from unnest(array['pg_dist_node', 'pg_dist_colocation', 'pg_dist_partition', 'pg_dist_shard',
             'pg_dist_placement']) with ordinality t (name, ord) order by t.ord loop
    perform citus_internal.push_to_group(grp, citus_internal.copy_of_catalog(r.name::regclass));
  end loop;
  perform citus_internal.push_to_group(grp, format(
    'delete from pg_catalog.pg_dist_schema; insert into pg_catalog.pg_dist_schema select to_regnamespace(name)::oid, '
    'id from jsonb_to_recordset(%L) as t(name text, id integer)', (
      select coalesce(jsonb_agg(jsonb_build_object('name', s.schemaid::regnamespace, 'id', s.colocationid)), '[]')
        from pg_dist_schema s)));
  perform citus_internal.push_to_group(grp, format('update pg_catalog.pg_dist_local_group set groupid = %s', grp));
end $$;

-- Run on a node that leaves or joins: it has no part in any cluster afterwards. Shards stay; they are somebody's rows.
create function citus_internal.forget_cluster() returns void language plpgsql set search_path = pg_catalog as $$
declare t regclass;
begin
  update pg_dist_local_group set groupid = -1;
  for t in select p.logicalrelid from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid loop
    execute format('drop table if exists %s cascade', t);
  end loop;
  delete from pg_dist_placement; delete from pg_dist_shard; delete from pg_dist_partition;
  delete from pg_dist_colocation; delete from pg_dist_schema; delete from pg_dist_node;
  update pg_dist_local_group set groupid = 0;
end $$;
