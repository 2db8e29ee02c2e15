-- Who does what on which node, under a number that means the same backend everywhere.
create function citus_internal.local_activity() returns text language sql volatile as $$
  select coalesce(jsonb_agg(to_jsonb(x)), '[]')::text
    from (select case when s.application_name like 'citus\_%' and s.application_name ~ 'gpid=[0-9]+'
                      then substring(s.application_name from 'gpid=([0-9]+)')::bigint
                      when s.backend_type in ('client backend', 'background worker', 'parallel worker')
                      then citus_internal.gpid_of(citus_internal.local_nodeid(), coalesce(s.leader_pid, s.pid))
                      when s.backend_type = 'walsender' then 0 end as global_pid,
                 case when s.backend_type in ('client backend', 'background worker', 'parallel worker', 'walsender')
                      then coalesce(s.application_name like 'citus\_%', false) end as is_worker_query, s.*
            from pg_catalog.pg_stat_activity s) x
$$;

create function pg_catalog.citus_stat_activity(out global_pid bigint, out nodeid integer, out is_worker_query boolean,
  out datid oid, out datname name, out pid integer, out leader_pid integer, out usesysid oid, out usename name,
  out application_name text, out client_addr inet, out client_hostname text, out client_port integer,
  out backend_start timestamptz, out xact_start timestamptz, out query_start timestamptz, out state_change timestamptz,
  out wait_event_type text, out wait_event text, out state text, out backend_xid xid, out backend_xmin xid,
  out query_id bigint, out query text, out backend_type text) returns setof record language plpgsql volatile as $$
declare
  a citus_internal.answer;
begin
  for a in select * from citus_internal.ask_all('select citus_internal.local_activity()') loop
    return query select r.global_pid, a.nodeid, r.is_worker_query, r.datid, r.datname, r.pid, r.leader_pid, r.usesysid,
             r.usename, r.application_name, r.client_addr, r.client_hostname, r.client_port, r.backend_start,
             r.xact_start, r.query_start, r.state_change, r.wait_event_type, r.wait_event, r.state, r.backend_xid,
             r.backend_xmin, r.query_id, r.query, r.backend_type
        from jsonb_to_recordset(a.result::jsonb) as r(global_pid bigint, is_worker_query boolean, datid oid,
             datname name, pid integer, leader_pid integer, usesysid oid, usename name, application_name text,
             client_addr inet, client_hostname text, client_port integer, backend_start timestamptz,
             xact_start timestamptz, query_start timestamptz, state_change timestamptz, wait_event_type text,
             wait_event text, state text, backend_xid xid, backend_xmin xid, query_id bigint, query text,
             backend_type text);
  end loop;
end $$;

-- One answer per node that gave one; the others are a WARNING.
create function citus_internal.ask_all(p_command text) returns setof citus_internal.answer language plpgsql as $$
declare
  a citus_internal.answer;
begin
  for a in select * from citus_internal.fan_out(citus_internal.active_targets(p_command), current_user,
                                                'citus_run_command') loop
    if a.success then
      return next a;
    else
      raise warning 'Error on node with node id %: %', a.nodeid, citus_internal.answer_text(a);
    end if;
  end loop;
end $$;

create view pg_catalog.citus_stat_activity as select * from pg_catalog.citus_stat_activity();
create view pg_catalog.citus_dist_stat_activity as
  select * from pg_catalog.citus_stat_activity() where not is_worker_query;
grant select on pg_catalog.citus_stat_activity, pg_catalog.citus_dist_stat_activity to public;

create function citus_internal.local_locks() returns text language sql volatile as $$
  select coalesce(jsonb_agg(to_jsonb(x)), '[]')::text
    from (select coalesce(substring(s.application_name from '^citus_.*gpid=([0-9]+)')::bigint,
                          citus_internal.gpid_of(citus_internal.local_nodeid(), l.pid)) as global_pid,
                 l.locktype, l.database, l.relation, l.relation::regclass::text as relation_name, l.page, l.tuple,
                 l.virtualxid, l.transactionid, l.classid, l.objid, l.objsubid, l.virtualtransaction, l.pid, l.mode,
                 l.granted, l.fastpath, l.waitstart
            from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity s using (pid)) x
$$;

create function pg_catalog.citus_locks(out global_pid bigint, out nodeid integer, out locktype text, out database oid,
  out relation oid, out relation_name text, out page integer, out tuple smallint, out virtualxid text,
  out transactionid xid, out classid oid, out objid oid, out objsubid smallint, out virtualtransaction text,
  out pid integer, out mode text, out granted boolean, out fastpath boolean, out waitstart timestamptz)
returns setof record language plpgsql volatile as $$
declare
  a citus_internal.answer;
begin
  for a in select * from citus_internal.ask_all('select citus_internal.local_locks()') loop
    return query select r.global_pid, a.nodeid, r.locktype, r.database, r.relation, r.relation_name, r.page, r.tuple,
             r.virtualxid, r.transactionid, r.classid, r.objid, r.objsubid, r.virtualtransaction, r.pid, r.mode,
             r.granted, r.fastpath, r.waitstart
        from jsonb_to_recordset(a.result::jsonb) as r(global_pid bigint, locktype text, database oid, relation oid,
             relation_name text, page integer, tuple smallint, virtualxid text, transactionid xid, classid oid,
             objid oid, objsubid smallint, virtualtransaction text, pid integer, mode text, granted boolean,
             fastpath boolean, waitstart timestamptz);
  end loop;
end $$;
create view pg_catalog.citus_locks as select * from pg_catalog.citus_locks();
grant select on pg_catalog.citus_locks to public;

-- Who waits for whom on this node. Read as the extension's owner, as Citus does, so that every login sees the same waits.
create function citus_internal.local_waits() returns text language sql volatile security definer as $$
  select coalesce(jsonb_agg(jsonb_build_object('waiting', w.pid, 'blocking', b.pid,
           'waiting_app', w.application_name, 'blocking_app', b.application_name)), '[]')::text
    from pg_catalog.pg_stat_activity w
    cross join lateral unnest(pg_catalog.pg_blocking_pids(w.pid)) as k (pid)
    join pg_catalog.pg_stat_activity b on b.pid = k.pid
   where w.wait_event_type = 'Lock' and w.datname = current_database()
$$;

create function citus_internal.app_gpid(p_app text, p_nodeid integer, p_pid integer) returns bigint
language sql immutable as $$
  select coalesce(substring(p_app from '^citus_.*gpid=([0-9]+)')::bigint, citus_internal.gpid_of(p_nodeid, p_pid))
$$;

create function citus_internal.global_waits() returns table (waiting_gpid bigint, blocking_gpid bigint)
language plpgsql as $$
declare
  a citus_internal.answer;
begin
  for a in select * from citus_internal.fan_out(citus_internal.active_targets('select citus_internal.local_waits()'),
                                                current_user, 'citus_internal') loop
    if a.success then
      return query select citus_internal.app_gpid(r.waiting_app, a.nodeid, r.waiting),
                          citus_internal.app_gpid(r.blocking_app, a.nodeid, r.blocking)
          from jsonb_to_recordset(a.result::jsonb) as r(waiting integer, blocking integer, waiting_app text, blocking_app text);
    else
      perform citus_internal.warn_unreachable(a, current_user);
    end if;
  end loop;
end $$;

create view pg_catalog.citus_lock_waits as
  with activity as materialized (
    select * from pg_catalog.citus_stat_activity() where not is_worker_query
  )
  select distinct w.waiting_gpid, w.blocking_gpid, waiting.query as blocked_statement,
         blocking.query as current_statement_in_blocking_process, waiting.nodeid as waiting_nodeid,
         blocking.nodeid as blocking_nodeid
    from citus_internal.global_waits() w
    join activity waiting on waiting.global_pid = w.waiting_gpid
    join activity blocking on blocking.global_pid = w.blocking_gpid;
grant select on pg_catalog.citus_lock_waits to public;
