-- Changing the nodes.
create function citus_internal.must_node(p_host text, p_port integer) returns pg_catalog.pg_dist_node
language plpgsql stable as $$
declare n pg_catalog.pg_dist_node;
begin
  select * into n from pg_catalog.pg_dist_node where nodename = p_host and nodeport = p_port;
  if not found then
    perform citus_internal.fail('XX000', format('node at "%s:%s" does not exist', p_host, p_port));
  end if;
  return n;
end $$;

create function citus_internal.need_superuser() returns void language plpgsql stable as $$
begin
  if not citus_internal.caller_is_superuser() then
    perform citus_internal.fail('42501', 'operation is not allowed', null, 'Run the command with a superuser.');
  end if;
end $$;

-- One row of pg_dist_node, made the same on every other node.
create function citus_internal.sync_node_row(p_nodeid integer) returns void language plpgsql as $$
begin
  perform citus_internal.push_to_others(format(
    'delete from pg_catalog.pg_dist_node where nodeid = %s; insert into pg_catalog.pg_dist_node '
    'select * from jsonb_populate_recordset(null::pg_catalog.pg_dist_node, %L)', p_nodeid,
    (select jsonb_agg(to_jsonb(n)) from pg_catalog.pg_dist_node n where n.nodeid = p_nodeid)));
end $$;

-- What Citus finds out about a node before it lets it in: that it answers, and what it is.
create function citus_internal.look_at_new_node(p_host text, p_port integer) returns void language plpgsql as $$
declare
  a citus_internal.answer;
begin
  a := citus_internal.fan_out(array[(0, p_host, p_port,
    'select metadata ->> ''server_id'' from pg_catalog.pg_dist_node_metadata')::citus_internal.target],
    citus_internal.caller(), 'citus_internal');
  if not a.connected then perform citus_internal.raise_answer(a); end if;
  if a.sqlstate = '42P01' then
    raise warning using errcode = '42883',
      message = 'function assign_distributed_transaction_id(integer, integer, unknown) does not exist',
      hint = 'No function matches the given name and argument types. You might need to add explicit type casts.';
    perform citus_internal.fail('XX000', format('failure on connection marked as essential: %s:%s', p_host, p_port));
  elsif not a.success then
    perform citus_internal.raise_answer(a);
  end if;
  if a.result = (select m.metadata ->> 'server_id' from pg_catalog.pg_dist_node_metadata m) then
    perform citus_internal.fail('XX000', 'Node cannot add itself as a worker.', null, format(
      'Add the node as a coordinator by using: SELECT citus_set_coordinator_host(''%s'', %s);', p_host, p_port));
  end if;
end $$;

create function citus_internal.refuse_localhost_coordinator(p_host text) returns void language plpgsql as $$
begin
  if p_host <> 'localhost' and exists (
       select from pg_catalog.pg_dist_node n where n.groupid = 0 and n.nodename = 'localhost') then
    perform citus_internal.fail('55000', 'cannot add a worker node when the coordinator hostname is set to localhost',
      'Worker nodes need to be able to connect to the coordinator to transfer data.',
      'Use SELECT citus_set_coordinator_host(''<hostname>'') to configure the coordinator hostname');
  end if;
end $$;

create function citus_internal.insert_node(p_host text, p_port integer, p_groupid integer, p_role pg_catalog.noderole,
  p_cluster name, p_active boolean) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
  id integer;
begin
  perform citus_internal.need_coordinator();
  select n.nodeid into id from pg_catalog.pg_dist_node n where n.nodename = p_host and n.nodeport = p_port;
  if found then return id; end if;
  if p_groupid <> 0 then perform citus_internal.refuse_localhost_coordinator(p_host); end if;
  -- The number is taken first, so that a node that could not be added leaves a gap, as it does in Citus.
  id := nextval('pg_catalog.pg_dist_node_nodeid_seq');
  if p_groupid < 0 then p_groupid := nextval('pg_catalog.pg_dist_groupid_seq'); end if;
  if p_groupid <> 0 then perform citus_internal.look_at_new_node(p_host, p_port); end if;
  insert into pg_catalog.pg_dist_node (nodeid, groupid, nodename, nodeport, hasmetadata, metadatasynced, isactive,
                                       noderole, nodecluster, shouldhaveshards)
  values (id, p_groupid, p_host, p_port, p_role = 'primary' and p_active, p_role = 'primary' and p_active,
          p_active or p_role <> 'primary' or p_groupid = 0, p_role, p_cluster, p_groupid <> 0);
  -- The node itself first: it may know this cluster from before, and forgets that in the first step.
  if p_role = 'primary' and p_active and p_groupid <> 0 then perform citus_internal.send_metadata(id); end if;
  perform citus_internal.sync_node_row(id);
  return id;
end $$;

create function pg_catalog.citus_add_node(nodename text, nodeport integer, groupid integer default -1,
  noderole pg_catalog.noderole default 'primary', nodecluster name default 'default') returns integer
language plpgsql strict as $$
begin
  perform citus_internal.need_superuser();
  return citus_internal.insert_node($1, $2, $3, $4, $5, true);
end $$;

create function pg_catalog.citus_add_inactive_node(nodename text, nodeport integer, groupid integer default -1,
  noderole pg_catalog.noderole default 'primary', nodecluster name default 'default') returns integer
language plpgsql strict as $$
begin
  return citus_internal.insert_node($1, $2, $3, $4, $5, false);
end $$;

create function pg_catalog.citus_add_secondary_node(nodename text, nodeport integer, primaryname text,
  primaryport integer, nodecluster name default 'default') returns integer language plpgsql strict as $$
declare
  n pg_catalog.pg_dist_node := citus_internal.must_node($3, $4);
begin
  return citus_internal.insert_node($1, $2, n.groupid, 'secondary', $5, true);
end $$;

create function pg_catalog.citus_set_coordinator_host(host text, port integer
  default current_setting('port')::integer, node_role pg_catalog.noderole default 'primary',
  node_cluster name default 'default') returns void language plpgsql strict security definer
set search_path = pg_catalog as $$
declare
  id integer;
begin
  perform citus_internal.need_coordinator();
  select n.nodeid into id from pg_catalog.pg_dist_node n where n.groupid = 0 and n.noderole = $3;
  if found then
    update pg_catalog.pg_dist_node n set nodename = $1, nodeport = $2 where n.nodeid = id;
    perform citus_internal.sync_node_row(id);
  else
    perform citus_internal.insert_node($1, $2, 0, $3, $4, true);
  end if;
end $$;

create function pg_catalog.citus_activate_node(nodename text, nodeport integer) returns integer
language plpgsql strict security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node;
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.need_superuser();
  n := citus_internal.must_node($1, $2);
  if n.noderole = 'primary' and n.groupid <> 0 then
    perform citus_internal.look_at_new_node($1, $2);
    update pg_catalog.pg_dist_node d set isactive = true, hasmetadata = true, metadatasynced = true
     where d.nodeid = n.nodeid;
    perform citus_internal.send_metadata(n.nodeid);
    perform citus_internal.sync_node_row(n.nodeid);
  else
    update pg_catalog.pg_dist_node d set isactive = true where d.nodeid = n.nodeid;
    perform citus_internal.sync_node_row(n.nodeid);
  end if;
  return n.nodeid;
end $$;

-- Both removing and disabling are refused while the group has the only copy of a shard.
create function citus_internal.refuse_if_only_home(n pg_catalog.pg_dist_node) returns void language plpgsql as $$
declare
  only_here record;
begin
  if n.noderole <> 'primary' then return; end if;
  select s.shardid, s.logicalrelid into only_here
    from pg_catalog.pg_dist_placement p join pg_catalog.pg_dist_shard s using (shardid)
   where p.groupid = n.groupid
     and not exists (select from pg_catalog.pg_dist_placement o
                      where o.shardid = p.shardid and o.groupid <> n.groupid)
   order by s.shardid limit 1;
  if found then
    perform citus_internal.fail('XX000', format('cannot remove or disable the node %s:%s because because it contains '
        'the only shard placement for shard %s', n.nodename, n.nodeport, only_here.shardid),
      format('One of the table(s) that prevents the operation complete successfully is %s',
             citus_internal.qualified(only_here.logicalrelid)),
      'To proceed, either drop the tables or use undistribute_table() function to convert them to local tables');
  end if;
end $$;

create function citus_internal.drop_placements_of_group(p_groupid integer) returns void language plpgsql as $$
begin
  delete from pg_catalog.pg_dist_placement p where p.groupid = p_groupid;
  perform citus_internal.push_to_others(
    format('delete from pg_catalog.pg_dist_placement where groupid = %s', p_groupid));
end $$;

create function pg_catalog.citus_disable_node(nodename text, nodeport integer, synchronous boolean default false)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node;
begin
  perform citus_internal.need_coordinator();
  n := citus_internal.must_node($1, $2);
  perform citus_internal.refuse_if_only_home(n);
  if not synchronous and n.nodeid = (select d.nodeid from pg_catalog.pg_dist_node d
       where d.noderole = 'primary' and d.groupid <> 0 order by d.nodename collate "C", d.nodeport limit 1) then
    perform citus_internal.fail('55000', 'disabling the first worker node in the metadata is not allowed',
      'Citus uses the first worker node in the metadata for certain internal operations when replicated tables are '
      'modified. Synchronous mode ensures that all nodes have the same view of the first worker node, which is used '
      'for certain locking operations.',
      format('You can force disabling node, SELECT citus_disable_node(''%s'', %s, synchronous:=true);', $1, $2));
  end if;
  -- First out of the list of nodes that are told: it may be down, which is why it is disabled.
  update pg_catalog.pg_dist_node d set isactive = false, metadatasynced = false where d.nodeid = n.nodeid;
  if n.noderole = 'primary' then perform citus_internal.drop_placements_of_group(n.groupid); end if;
  perform citus_internal.sync_node_row(n.nodeid);
end $$;

-- The node itself is not told, as in Citus: it keeps what it knew, and is told anew if it joins again.
create function pg_catalog.citus_remove_node(nodename text, nodeport integer) returns void
language plpgsql strict security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node;
begin
  perform citus_internal.need_coordinator();
  n := citus_internal.must_node($1, $2);
  perform citus_internal.refuse_if_only_home(n);
  delete from pg_catalog.pg_dist_node d where d.nodeid = n.nodeid;
  if n.noderole = 'primary' then perform citus_internal.drop_placements_of_group(n.groupid); end if;
  perform citus_internal.push_to_others(format('delete from pg_catalog.pg_dist_node where nodeid = %s', n.nodeid));
end $$;

create function pg_catalog.citus_set_node_property(nodename text, nodeport integer, property text, value boolean)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node;
begin
  perform citus_internal.need_coordinator();
  n := citus_internal.must_node($1, $2);
  if property <> 'shouldhaveshards' then
    perform citus_internal.fail('XX000', 'only the ''shouldhaveshards'' property can be set using this function');
  end if;
  update pg_catalog.pg_dist_node d set shouldhaveshards = value where d.nodeid = n.nodeid;
  perform citus_internal.sync_node_row(n.nodeid);
end $$;

create function pg_catalog.citus_update_node(node_id integer, new_node_name text, new_node_port integer,
  force boolean default false, lock_cooldown integer default 10000) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform citus_internal.need_coordinator();
  if exists (select from pg_catalog.pg_dist_node n where n.nodename = $2 and n.nodeport = $3 and n.nodeid <> $1) then
    perform citus_internal.fail('55000', 'there is already another node with the specified hostname and port');
  end if;
  update pg_catalog.pg_dist_node n set nodename = $2, nodeport = $3 where n.nodeid = $1;
  if not found then perform citus_internal.fail('P0002', format('node %s not found', $1)); end if;
  perform citus_internal.sync_node_row($1);
end $$;
