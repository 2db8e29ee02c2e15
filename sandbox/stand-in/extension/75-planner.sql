-- Which shards a rebalance would move. All sums are of type real, as in Citus, because ties are broken by them.
create type citus_internal.plan_node as (nodeid integer, host text, port integer, capacity real, may boolean);
create type citus_internal.plan_shard as (grp integer, shardid bigint, nodeid integer, cost real);
create type citus_internal.plan_step as (k integer, target integer);

create function citus_internal.load_of(p_cost real, p_capacity real) returns real language sql immutable as $$
  select case when p_capacity <= 0 then 'infinity'::real else p_cost / p_capacity end
$$;

-- Positions of the nodes, the least loaded first; between equals the larger, then the older.
create function citus_internal.by_load(p_nodes citus_internal.plan_node[], p_costs real[]) returns integer[]
language sql immutable as $$
  select array_agg(n.i::integer order by citus_internal.load_of(p_costs[n.i], n.capacity), n.capacity desc, n.nodeid)
    from unnest(p_nodes) with ordinality n (nodeid, host, port, capacity, may, i)
$$;

create function citus_internal.costs_of(p_nodes citus_internal.plan_node[], p_shards citus_internal.plan_shard[], p_grp integer)
returns real[] language sql immutable as $$
  select array_agg(coalesce((select sum(s.cost) from unnest(p_shards) s where s.grp = p_grp and s.nodeid = n.nodeid), 0)::real
                   order by n.i)
    from unnest(p_nodes) with ordinality n (nodeid, host, port, capacity, may, i)
$$;

create function citus_internal.may_stand(p_shards citus_internal.plan_shard[], p_denied text[], p_shardid bigint,
  p_node citus_internal.plan_node) returns boolean language sql immutable as $$
  select p_node.may and not (p_shardid || '@' || p_node.nodeid = any (p_denied))
     and not exists (select from unnest(p_shards) s where s.shardid = p_shardid and s.nodeid = p_node.nodeid)
$$;

-- Positions of a group's shards on one node, the most expensive first.
create function citus_internal.shards_on(p_shards citus_internal.plan_shard[], p_grp integer, p_nodeid integer)
returns integer[] language sql immutable as $$
  select coalesce(array_agg(s.i::integer order by s.cost desc, s.shardid), '{}')
    from unnest(p_shards) with ordinality s (grp, shardid, nodeid, cost, i) where s.grp = p_grp and s.nodeid = p_nodeid
$$;

-- The next move that makes one group more even, or null. A move that would only shift the weight to the other side must
-- gain enough for what it moves; those that do not are told, the first p_log of them.
create function citus_internal.find_move(p_nodes citus_internal.plan_node[], p_shards citus_internal.plan_shard[],
  p_denied text[], p_grp integer, p_low real, p_high real, p_improvement real, p_seen integer,
  out k integer, out target integer, out ignored integer) language plpgsql as $$
declare
  costs real[] := citus_internal.costs_of(p_nodes, p_shards, p_grp);
  upward integer[] := citus_internal.by_load(p_nodes, costs);
  s integer; t integer; c integer;
  load_s real; load_t real; new_s real; new_t real; ratio real;
begin
  ignored := p_seen;
  for i in reverse cardinality(upward) .. 1 loop
    s := upward[i];
    load_s := citus_internal.load_of(costs[s], p_nodes[s].capacity);
    if load_s <= p_low then return; end if;
    foreach t in array upward loop
      load_t := citus_internal.load_of(costs[t], p_nodes[t].capacity);
      exit when load_t >= p_high or (load_t >= p_low and load_s <= p_high);
      foreach c in array citus_internal.shards_on(p_shards, p_grp, p_nodes[s].nodeid) loop
        continue when not citus_internal.may_stand(p_shards, p_denied, p_shards[c].shardid, p_nodes[t]);
        new_t := citus_internal.load_of((costs[t] + p_shards[c].cost)::real, p_nodes[t].capacity);
        new_s := citus_internal.load_of((costs[s] - p_shards[c].cost)::real, p_nodes[s].capacity);
        if new_t > new_s then
          continue when new_t > load_s or (new_t = load_s and new_s <= load_t);
          ratio := greatest(load_s - new_t, new_s - load_t) / least(new_t - load_t, load_s - new_s);
          if ratio < p_improvement then
            ignored := ignored + 1;
            perform citus_internal.tell_ignored(p_shards[c].shardid, p_nodes[s], p_nodes[t], ratio, p_improvement, ignored);
            continue;
          end if;
        end if;
        k := c; target := t;
        return;
      end loop;
    end loop;
  end loop;
end $$;

create function citus_internal.tell_ignored(p_shardid bigint, p_from citus_internal.plan_node, p_to citus_internal.plan_node,
  p_ratio real, p_improvement real, p_count integer) returns void language plpgsql as $$
declare
  most numeric := citus_internal.setting_number('citus.max_rebalancer_logged_ignored_moves', 5);
begin
  if most >= 0 and p_count > most then return; end if;
  raise notice using message = format('Ignoring move of shard %s from %s:%s to %s:%s, because the move only brings a small '
      'improvement relative to the shard its size', p_shardid, p_from.host, p_from.port, p_to.host, p_to.port),
    detail = format('The balance improvement of %s is lower than the improvement_threshold of %s', p_ratio, p_improvement);
end $$;

create function citus_internal.tell_ignored_count(p_count integer, p_improvement real) returns void language plpgsql as $$
declare
  most numeric := citus_internal.setting_number('citus.max_rebalancer_logged_ignored_moves', 5);
begin
  if p_count = 0 then return; end if;
  raise notice using message = case when most < 0 or p_count <= most
      then format('Ignored %s moves, all of which are shown in notices above', p_count)
      else format('Ignored %s moves, %s of which are shown in notices above', p_count, most) end,
    hint = format('If you do want these moves to happen, try changing improvement_threshold to a lower value than what it '
                  'is now (%s).', p_improvement);
end $$;

-- Shards on nodes that may not have them. These moves come first and are not counted against a limit.
create function citus_internal.moves_away(p_nodes citus_internal.plan_node[], inout shards citus_internal.plan_shard[],
  p_denied text[], p_grp integer, out steps citus_internal.plan_step[]) language plpgsql as $$
declare
  k integer; t integer; target integer;
  home citus_internal.plan_node;
begin
  steps := '{}';
  for k in select s.i from unnest(shards) with ordinality s (grp, shardid, nodeid, cost, i) where s.grp = p_grp
            order by s.cost desc, s.shardid loop
    select n.* into home from unnest(p_nodes) n where n.nodeid = shards[k].nodeid;
    continue when home.may and not (shards[k].shardid || '@' || home.nodeid = any (p_denied));
    target := null;
    foreach t in array citus_internal.by_load(p_nodes, citus_internal.costs_of(p_nodes, shards, p_grp)) loop
      if citus_internal.may_stand(shards, p_denied, shards[k].shardid, p_nodes[t]) then target := t; exit; end if;
    end loop;
    if target is null then
      raise warning 'Not allowed to move shard % anywhere from %:%', shards[k].shardid, home.host, home.port;
    else
      steps := steps || (k, target)::citus_internal.plan_step;
      shards[k].nodeid := p_nodes[target].nodeid;
    end if;
  end loop;
end $$;

create function citus_internal.plan_moves(p_nodes citus_internal.plan_node[], p_shards citus_internal.plan_shard[],
  p_denied text[], p_threshold real, p_improvement real, p_max integer, p_drain_only boolean)
returns table (ord integer, shardid bigint, source integer, target integer) language plpgsql as $$
declare
  shards citus_internal.plan_shard[] := p_shards;
  steps citus_internal.plan_step[];
  step citus_internal.plan_step;
  found record;
  capacity real := (select sum(n.capacity) from unnest(p_nodes) n where n.capacity > 0);
  mean real;
  groups integer := coalesce((select max(s.grp) from unnest(p_shards) s), 0);
  ignored integer := 0;
begin
  ord := 0;
  for g in 1 .. groups loop
    select m.shards, m.steps into shards, steps from citus_internal.moves_away(p_nodes, shards, p_denied, g) m;
    foreach step in array steps loop
      ord := ord + 1; shardid := shards[step.k].shardid;
      source := p_shards[step.k].nodeid; target := p_nodes[step.target].nodeid;
      return next;
    end loop;
  end loop;
  for g in 1 .. case when p_drain_only then 0 else groups end loop
    mean := (select sum(c) from unnest(citus_internal.costs_of(p_nodes, shards, g)) c)::real / capacity;
    loop
      if ord >= p_max then
        raise notice 'Stopped searching before we were out of moves. Please rerun the rebalancer after it''s finished for a more optimal placement.';
        return;
      end if;
      select f.* into found from citus_internal.find_move(p_nodes, shards, p_denied, g,
        ((1 - p_threshold::float8) * mean)::real, ((1 + p_threshold::float8) * mean)::real, p_improvement, ignored) f;
      ignored := found.ignored;
      exit when found.k is null;
      ord := ord + 1; shardid := shards[found.k].shardid;
      source := shards[found.k].nodeid; target := p_nodes[found.target].nodeid;
      shards[found.k].nodeid := target;
      return next;
    end loop;
  end loop;
  perform citus_internal.tell_ignored_count(ignored, p_improvement);
end $$;
