-- What a transaction on this node wants done on the others.
--
-- Citus keeps nodes in step with two-phase commit. Here commands wait in a table and are sent when the transaction
-- commits: nothing leaves this node if it rolls back, and the other nodes commit only after every one of them has
-- carried out its part. What is not covered is a node that dies between the last command and its commit.
create unlogged table citus_internal.outbox (
  id bigserial primary key, nodeid integer not null, host text not null, port integer not null,
  command text not null, essential boolean not null
);

create function citus_internal.fail(p_state text, p_message text, p_detail text default null, p_hint text default null)
returns void language plpgsql as $$
begin
  if p_detail <> '' and p_hint <> '' then
    raise exception using errcode = p_state, message = p_message, detail = p_detail, hint = p_hint;
  elsif p_detail <> '' then
    raise exception using errcode = p_state, message = p_message, detail = p_detail;
  elsif p_hint <> '' then
    raise exception using errcode = p_state, message = p_message, hint = p_hint;
  end if;
  raise exception using errcode = p_state, message = p_message;
end $$;

-- Who asked, also inside a security definer function: SET ROLE stays visible in the setting "role".
create function citus_internal.caller() returns name language sql stable as $$
  select case when pg_catalog.current_setting('role') in ('none', '') then session_user
              else pg_catalog.current_setting('role')::name end
$$;

create function citus_internal.caller_is_superuser() returns boolean language sql stable as $$
  select r.rolsuper from pg_catalog.pg_roles r where r.rolname = citus_internal.caller()
$$;

create function citus_internal.need_coordinator() returns void language plpgsql stable as $$
begin
  if citus_internal.local_groupid() <> 0 then
    perform citus_internal.fail('XX000', 'operation is not allowed on this node', null,
      'Connect to the coordinator and run it again.');
  end if;
end $$;

-- Queues a command for the primary of a group. For this node's own group it runs at once, in this transaction.
create function citus_internal.push_to_group(p_groupid integer, p_command text, p_essential boolean default true)
returns void language plpgsql as $$
begin
  if p_groupid = citus_internal.local_groupid() then
    execute p_command;
  else
    insert into citus_internal.outbox (nodeid, host, port, command, essential)
    select n.nodeid, n.nodename, n.nodeport, p_command, p_essential
      from pg_catalog.pg_dist_node n where n.groupid = p_groupid and n.noderole = 'primary';
  end if;
end $$;

-- Queues a command for every other node that has the metadata. In a fleet one process is many nodes, told apart by address and not
-- by port, and has one catalog: it is told once.
create function citus_internal.push_to_others(p_command text) returns void language sql as $$
  insert into citus_internal.outbox (nodeid, host, port, command, essential)
  select o.nodeid, o.nodename, o.nodeport, p_command, true
    from (select distinct on (n.nodeport) n.* from pg_catalog.pg_dist_node n
           where n.noderole = 'primary' and n.hasmetadata and n.isactive and n.groupid <> citus_internal.local_groupid()
           order by n.nodeport, n.nodeid) o
   order by o.nodeid
$$;

create function citus_internal.raise_answer(a citus_internal.answer) returns void language plpgsql as $$
begin
  if a.connected then
    perform citus_internal.fail(a.sqlstate, a.message,
      concat_ws(' ', nullif(a.detail, ''), format('While executing command on %s:%s.', a.host, a.port)), a.hint);
  end if;
  perform citus_internal.fail('08006', citus_internal.connection_problem(a, citus_internal.caller()));
end $$;

create function citus_internal.outbox_flush() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
declare
  pending citus_internal.outbox[];
  targets citus_internal.target[];
  reached integer[] := '{}';
  a citus_internal.answer;
  turn integer := 0;
begin
  with mine as (delete from citus_internal.outbox returning outbox) select array_agg(outbox order by (outbox).id)
    into pending from mine;
  if pending is null then return null; end if;
  select array_agg((t.nodeid, t.host, t.port, 'begin')::citus_internal.target order by t.nodeid) into targets
    from (select distinct p.nodeid, p.host, p.port from unnest(pending) p) t;
  for a in select * from citus_internal.fan_out(targets, current_user, 'citus_internal', p_keep => true) loop
    if a.success then
      reached := reached || a.ord;
    elsif exists (select from unnest(pending) p where p.nodeid = a.nodeid and p.essential) then
      perform citus_internal.links_close();
      perform citus_internal.raise_answer(a);
    end if;
  end loop;
  loop
    turn := turn + 1;
    -- The n-th command of each node; a node that has fewer, or was not reached and may be missing, has nothing to do.
    select array_agg((t.nodeid, t.host, t.port, p.command)::citus_internal.target order by t.ord) into targets
      from unnest(targets) with ordinality t (nodeid, host, port, command, ord)
      left join (select q.nodeid, q.command, row_number() over (partition by q.nodeid order by q.id) as round
                   from unnest(pending) q) p on p.nodeid = t.nodeid and p.round = turn;
    exit when not exists (select from unnest(targets) t where t.command is not null);
    perform citus_internal.outbox_round(targets, reached);
  end loop;
  select array_agg((t.nodeid, t.host, t.port, 'commit')::citus_internal.target order by t.ord) into targets
    from unnest(targets) with ordinality t (nodeid, host, port, command, ord);
  perform citus_internal.outbox_round(targets, reached);
  perform citus_internal.links_close();
  return null;
end $$;

create function citus_internal.outbox_round(p_targets citus_internal.target[], p_reached integer[]) returns void
language plpgsql as $$
declare
  a citus_internal.answer;
  failed citus_internal.answer;
  t citus_internal.target;
  i integer;
begin
  foreach i in array p_reached loop
    t := p_targets[i];
    if t.command is not null then
      perform citus_internal.dblink_send_query('relay_' || i,
        format('select citus_internal.relay_do(%L)', t.command));
    end if;
  end loop;
  foreach i in array p_reached loop
    t := p_targets[i];
    if t.command is not null then
      a := citus_internal.link_finish(i, t, false);
      if not a.success and failed.ord is null then failed := a; end if;
    end if;
  end loop;
  if failed.ord is not null then
    perform citus_internal.links_close();
    perform citus_internal.raise_answer(failed);
  end if;
end $$;

create constraint trigger send_at_commit after insert on citus_internal.outbox
  deferrable initially deferred for each row execute function citus_internal.outbox_flush();
