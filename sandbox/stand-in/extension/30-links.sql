-- Talking to other nodes.
--
-- dblink's connect cannot be given a time limit: it ignores connect_timeout, so one frozen node would hang a call for
-- ever. A relay can: a session on this node, which always answers, that opens the connection under statement_timeout
-- and then passes one command on. One relay per node asked, all at work at the same time, so a frozen node costs one
-- citus.node_connection_timeout and not one per node.
create type citus_internal.target as (nodeid integer, host text, port integer, command text);
create type citus_internal.answer as (
  nodeid integer, host text, port integer, ord integer,
  connected boolean, success boolean, result text,
  sqlstate text, message text, detail text, hint text
);

create function citus_internal.local_groupid() returns integer language sql stable as $$
  select l.groupid from pg_catalog.pg_dist_local_group l
$$;

-- 99999999 is what Citus uses for a node that is not in its own metadata.
create function citus_internal.local_nodeid() returns integer language sql stable as $$
  select coalesce((select n.nodeid from pg_catalog.pg_dist_node n
                    where n.groupid = citus_internal.local_groupid() and n.noderole = 'primary' limit 1), 99999999)
$$;

create function citus_internal.gpid_of(p_nodeid integer, p_pid integer) returns bigint language sql immutable as $$
  select p_nodeid::bigint * 10000000000 + p_pid
$$;

create function citus_internal.conninfo(p_host text, p_port integer, p_role name, p_purpose text) returns text
language sql stable as $$
  select format('host=%s port=%s dbname=%s user=%s application_name=%s',
    citus_internal.conn_value(p_host), p_port, citus_internal.conn_value(current_database()),
    citus_internal.conn_value(p_role), citus_internal.conn_value(p_purpose || ' gpid=' ||
      citus_internal.gpid_of(citus_internal.local_nodeid(), pg_catalog.pg_backend_pid())))
$$;

create function citus_internal.conn_value(p_text text) returns text language sql immutable as $$
  select '''' || replace(replace(p_text, '\', '\\'), '''', '\''') || ''''
$$;

-- Run inside a relay. The connection to the other node is called "far".
create function citus_internal.relay_open(p_conninfo text) returns text language plpgsql as $$
begin
  return citus_internal.dblink_connect('far', p_conninfo);
end $$;

create function citus_internal.relay_run(p_command text) returns text language plpgsql as $$
declare
  answers text[];
begin
  select array_agg(r) into answers from citus_internal.dblink('far', p_command) as t(r text);
  if cardinality(answers) > 1 then
    raise exception 'expected a single row in query result';
  end if;
  return coalesce(answers[1], '');
exception when datatype_mismatch then
  raise exception 'expected a single column in query target';
end $$;

-- Several commands at once, none of which answers rows.
create function citus_internal.relay_do(p_commands text) returns text language plpgsql as $$
begin
  return citus_internal.dblink_exec('far', p_commands);
end $$;

create function citus_internal.links_close() returns void language plpgsql security definer
set search_path = pg_catalog as $$
declare c text;
begin
  foreach c in array coalesce(citus_internal.dblink_get_connections(), '{}') loop
    if c like 'relay\_%' then perform citus_internal.dblink_disconnect(c); end if;
  end loop;
end $$;

-- Sends one command per target and gives one answer per target, in the order given. With p_keep the connections stay
-- open for more commands; without, they are closed.
create function citus_internal.fan_out(p_targets citus_internal.target[], p_role name, p_purpose text,
  p_parallel boolean default true, p_keep boolean default false)
returns setof citus_internal.answer language plpgsql security definer set search_path = pg_catalog as $$
declare
  a citus_internal.answer;
  home text := format('host=%s port=%s dbname=%s user=%s application_name=%s',
    citus_internal.conn_value(coalesce(nullif(current_setting('citus.local_hostname', true), ''), 'localhost')),
    current_setting('port'), citus_internal.conn_value(current_database()), citus_internal.conn_value(current_user),
    citus_internal.conn_value('citus_internal gpid=' ||
      citus_internal.gpid_of(citus_internal.local_nodeid(), pg_backend_pid())));
  i integer;
begin
  perform citus_internal.links_close();
  if p_parallel then
    for i in 1 .. coalesce(cardinality(p_targets), 0) loop
      perform citus_internal.link_start(i, home, p_targets[i], p_role, p_purpose);
    end loop;
  end if;
  for i in 1 .. coalesce(cardinality(p_targets), 0) loop
    if not p_parallel then
      perform citus_internal.link_start(i, home, p_targets[i], p_role, p_purpose);
    end if;
    a := citus_internal.link_finish(i, p_targets[i], true);
    return next a;
    if not p_keep then perform citus_internal.dblink_disconnect('relay_' || i); end if;
  end loop;
exception when others or query_canceled then
  perform citus_internal.links_close();
  raise;
end $$;

create function citus_internal.link_start(p_ord integer, p_home text, p_target citus_internal.target, p_role name,
  p_purpose text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform citus_internal.dblink_connect('relay_' || p_ord, p_home);
  perform citus_internal.dblink_send_query('relay_' || p_ord, format(
    'set statement_timeout = %s; select citus_internal.relay_open(%L); set statement_timeout = 0; '
    'select citus_internal.relay_run(%L)',
    citus_internal.setting_ms('citus.node_connection_timeout', 30000),
    citus_internal.conninfo(p_target.host, p_target.port, p_role, p_purpose), p_target.command));
end $$;

-- Reads what one relay answered; a failure becomes a row, with its SQLSTATE, and never an error.
create function citus_internal.link_finish(p_ord integer, p_target citus_internal.target, p_opening boolean)
returns citus_internal.answer language plpgsql security definer set search_path = pg_catalog as $$
declare
  a citus_internal.answer;
  link text := 'relay_' || p_ord;
  context text;
begin
  a.nodeid := p_target.nodeid; a.host := p_target.host; a.port := p_target.port; a.ord := p_ord;
  a.connected := not p_opening; a.success := false;
  if p_opening then
    perform r from citus_internal.dblink_get_result(link) as t(r text);
    perform r from citus_internal.dblink_get_result(link) as t(r text);
    a.connected := true;
    perform r from citus_internal.dblink_get_result(link) as t(r text);
  end if;
  select r into a.result from citus_internal.dblink_get_result(link) as t(r text);
  perform r from citus_internal.dblink_get_result(link) as t(r text);
  a.success := true;
  return a;
exception when others or query_canceled then
  get stacked diagnostics a.sqlstate = returned_sqlstate, a.message = message_text,
    a.detail = pg_exception_detail, a.hint = pg_exception_hint, context = pg_exception_context;
  -- Cancelled here, not over there: that is for whoever called.
  if a.sqlstate = '57014' and context !~ 'on dblink connection named' then raise; end if;
  if not a.connected then
    if a.sqlstate = '57014' then
      a.detail := 'timeout';
      raise warning 'could not establish connection after % ms', citus_internal.setting_ms('citus.node_connection_timeout', 30000);
    end if;
    a.sqlstate := '08006';
  end if;
  return a;
end $$;

-- What the connection library said about a node that could not be reached, as Citus words it.
create function citus_internal.connection_problem(a citus_internal.answer, p_role name) returns text
language sql immutable as $$
  select format('connection to the remote node %s@%s:%s failed', p_role, a.host, a.port) || case a.detail when 'timeout' then ''
    else ' with the following error: '
      || regexp_replace(coalesce(nullif(a.detail, ''), a.message), '^connection to server at .*? failed: ', '') end
$$;
