-- On a worker's process that is many nodes: which one it is hangs on the address by which it was asked.
set allow_system_table_mods = on;
alter table pg_catalog.pg_dist_local_group set schema citus_internal;
alter table citus_internal.pg_dist_local_group rename to own_group;
create view pg_catalog.pg_dist_local_group as
  select coalesce((select n.groupid from pg_catalog.pg_dist_node n
                    where n.nodename = pg_catalog.host(pg_catalog.inet_server_addr())
                      and n.nodeport = pg_catalog.inet_server_port() and n.noderole = 'primary'), o.groupid) as groupid
    from citus_internal.own_group o;
grant select on pg_catalog.pg_dist_local_group to public;

-- The server does not say by which address a session came, so each one is shown at the one node of this process that its number
-- falls to: a hundred nodes with a hundred sessions in all, not each with all. Whoever looks sees itself.
do $$
begin
  execute format('create view citus_internal.own_sessions as select a.* from (%s) a
    where a.pid = pg_catalog.pg_backend_pid() or a.pid %% (
            select greatest(1, count(*)) from pg_catalog.pg_dist_node n
             where n.nodeport = pg_catalog.inet_server_port() and n.noderole = ''primary'')
          = (select count(*) from pg_catalog.pg_dist_node n, pg_catalog.pg_dist_local_group l
              where n.nodeport = pg_catalog.inet_server_port() and n.noderole = ''primary'' and n.groupid < l.groupid)',
    rtrim(pg_catalog.pg_get_viewdef('pg_catalog.pg_stat_activity'::regclass), ';'));
end $$;
update pg_catalog.pg_rewrite
   set ev_action = (select r.ev_action from pg_catalog.pg_rewrite r where r.ev_class = 'citus_internal.own_sessions'::regclass)
 where ev_class = 'pg_catalog.pg_stat_activity'::regclass and rulename = '_RETURN';
drop view citus_internal.own_sessions;
