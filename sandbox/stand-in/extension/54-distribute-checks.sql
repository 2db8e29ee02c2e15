-- Why a table may not be distributed, in the words and with the codes of Citus.
create function citus_internal.bare_name(p_rel regclass) returns name language sql stable as $$
  select c.relname from pg_catalog.pg_class c where c.oid = p_rel
$$;

create function citus_internal.need_owner(p_rel regclass) returns void language plpgsql stable as $$
begin
  if not pg_has_role(citus_internal.caller(),
                     (select c.relowner from pg_catalog.pg_class c where c.oid = p_rel), 'usage') then
    perform citus_internal.fail('42501', format('must be owner of table %s', citus_internal.bare_name(p_rel)));
  end if;
end $$;

create function citus_internal.refuse_kind_of_table(p_rel regclass) returns void language plpgsql stable as $fn$
declare
  c pg_catalog.pg_class;
  parent name := (select citus_internal.bare_name(i.inhparent) from pg_catalog.pg_inherits i where i.inhrelid = p_rel);
begin
  select * into c from pg_catalog.pg_class where oid = p_rel;
  if c.relnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) then
    perform citus_internal.fail('0A000', 'cannot create a citus table from a catalog table');
  end if;
  perform citus_internal.need_owner(p_rel);
  if exists (select from pg_catalog.pg_dist_partition p
              where p.logicalrelid = p_rel and not (p.partmethod = 'n' and p.repmodel = 's' and p.colocationid = 0)) then
    perform citus_internal.fail('42P16', format('table "%s" is already distributed', c.relname));
  end if;
  if c.relpersistence = 't' then perform citus_internal.fail('0A000', 'cannot distribute a temporary table'); end if;
  if c.relkind not in ('r', 'f', 'p') or exists (select from pg_catalog.pg_inherits i
       where i.inhparent = p_rel and c.relkind <> 'p' or i.inhrelid = p_rel and not c.relispartition) then
    perform citus_internal.fail('42809', format('%s is not a regular, foreign or partitioned table', c.relname));
  end if;
  if c.relkind = 'f' then perform citus_internal.fail('0A000', 'foreign tables cannot be distributed', null,
    format('Can add foreign table "%s" to metadata by running: SELECT citus_add_local_table_to_metadata($$%s$$);',
           c.relname, citus_internal.qualified(p_rel))); end if;
  if c.relispartition then
    perform citus_internal.fail('XX000', format('cannot distribute relation "%s" which is partition of "%s"', c.relname, parent),
      'Citus does not support distributing partitions if their parent is not distributed table.',
      format('Distribute the partitioned table "%s" instead.', parent));
  end if;
  if c.relkind = 'p' then
    perform citus_internal.fail('0A000', format('the stand-in does not distribute partitioned tables: %s', c.relname));
  end if;
  if exists (select from pg_catalog.pg_trigger t where t.tgrelid = p_rel and not t.tgisinternal) then
    perform citus_internal.fail('XX000', format('cannot distribute relation "%s" because it has triggers', c.relname),
      null, format('Consider dropping all the triggers on "%s" and retry.', c.relname));
  end if;
end $fn$;

-- Things beside the columns that Citus looks at when it makes the table on the other nodes.
create function citus_internal.refuse_attachments(p_rel regclass) returns void language plpgsql stable as $$
declare
  d record;
begin
  if exists (select from pg_catalog.pg_policy p where p.polrelid = p_rel and (p.polqual::text || coalesce(p.polwithcheck::text, '') like '%{SUBLINK %'
               or p.polwithcheck::text like '%{SUBLINK %')) then
    perform citus_internal.fail('0A000', 'cannot create policy', 'Subqueries are not supported in policies on distributed tables');
  end if;
  for d in select f.adrelid, f.adnum, array_agg(s.oid::regclass) as sequences from pg_catalog.pg_attrdef f
             join pg_catalog.pg_depend k on k.classid = 'pg_catalog.pg_attrdef'::regclass and k.objid = f.oid
              and k.refclassid = 'pg_catalog.pg_class'::regclass
             join pg_catalog.pg_class s on s.oid = k.refobjid and s.relkind = 'S'
            where f.adrelid = p_rel group by f.adrelid, f.adnum loop
    if cardinality(d.sequences) > 1 then
      perform citus_internal.fail('XX000',
        'More than one sequence in a column default is not supported for distribution or for adding local tables to metadata');
    end if;
    perform citus_internal.refuse_sequence(d.sequences[1], p_rel, d.adnum);
  end loop;
end $$;

-- A sequence becomes as wide as its column, so it cannot serve columns of two types.
create function citus_internal.refuse_sequence(p_sequence regclass, p_rel regclass, p_attnum smallint) returns void
language plpgsql stable as $$
declare
  other record;
begin
  select f.adrelid, f.adnum into other from pg_catalog.pg_depend k
    join pg_catalog.pg_attrdef f on f.oid = k.objid
    join pg_catalog.pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum
    join pg_catalog.pg_dist_partition p on p.logicalrelid = f.adrelid
   where k.classid = 'pg_catalog.pg_attrdef'::regclass and k.refobjid = p_sequence and f.adrelid <> p_rel
     and a.atttypid <> (select m.atttypid from pg_catalog.pg_attribute m where m.attrelid = p_rel and m.attnum = p_attnum);
  if found then
    perform citus_internal.fail('XX000', format('The sequence %s is already used for a different type in column %s of the table %s',
      citus_internal.qualified(p_sequence), other.adnum, citus_internal.qualified(other.adrelid)));
  end if;
end $$;

create function citus_internal.refuse_column(p_rel regclass, p_column text) returns void
language plpgsql stable as $$
declare
  a pg_catalog.pg_attribute;
begin
  select * into a from pg_catalog.pg_attribute
   where attrelid = p_rel and attname = p_column and attnum > 0 and not attisdropped;
  if not found then
    perform citus_internal.fail('42703', format('column "%s" of relation "%s" does not exist', p_column,
                                                citus_internal.bare_name(p_rel)));
  end if;
  if a.attgenerated <> '' then
    perform citus_internal.fail('0A000', format('cannot distribute relation: %s', citus_internal.bare_name(p_rel)),
      format('Distribution column must not use GENERATED ALWAYS AS (...) %s.',
             case a.attgenerated when 's' then 'STORED' else 'VIRTUAL' end));
  end if;
  if a.atttypid = 'numeric'::regtype and a.atttypmod >= 4 and (((a.atttypmod - 4) & 2047) # 1024) - 1024 < 0 then
    perform citus_internal.fail('0A000', format('cannot distribute relation: %s', citus_internal.bare_name(p_rel)),
      'Distribution column must not use numeric type with negative scale');
  end if;
  if exists (select from pg_catalog.pg_collation c where c.oid = a.attcollation and not c.collisdeterministic) then
    perform citus_internal.fail('0A000', 'Hash distributed partition columns may not use a non deterministic collation');
  end if;
  if citus_internal.hash_function(a.atttypid) is null then
    perform citus_internal.fail('42704',
      format('data type %s has no default operator class for specified partition method', format_type(a.atttypid, -1)),
      'Partition column types must have a default operator class defined.');
  elsif a.atttypid = 'xid'::regtype then
    -- It hashes but has no order, and Citus asks for both.
    perform citus_internal.fail('XX000', 'cache lookup failed for opclass 0');
  end if;
end $$;

create function citus_internal.refuse_constraints(p_rel regclass, p_column text) returns void
language plpgsql stable as $$
declare
  key smallint := (select a.attnum from pg_catalog.pg_attribute a where a.attrelid = p_rel and a.attname = p_column);
begin
  if exists (select from pg_catalog.pg_index i
              where i.indrelid = p_rel and (i.indisunique or i.indisexclusion) and not key = any (i.indkey)) then
    perform citus_internal.fail('0A000', format('cannot create constraint on "%s"', citus_internal.bare_name(p_rel)),
      'Distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints that do not include the partition '
      'column (with an equality operator if EXCLUDE).');
  end if;
end $$;

-- What a foreign key does to the distribution column when the row it points to goes or changes.
create function citus_internal.refuse_key_actions(o pg_catalog.pg_constraint, p_key smallint) returns void
language plpgsql stable as $$
begin
  if not p_key = any (o.conkey) then return; end if;
  if o.confdeltype in ('n', 'd') then
    perform citus_internal.fail('0A000', 'cannot create foreign key constraint', 'SET NULL or SET DEFAULT is not supported in '
      'ON DELETE operation when distribution key is included in the foreign key constraint');
  elsif o.confupdtype in ('n', 'd', 'c') then
    perform citus_internal.fail('0A000', 'cannot create foreign key constraint', 'SET NULL, SET DEFAULT or CASCADE is not '
      'supported in ON UPDATE operation when distribution key included in the foreign constraint.');
  end if;
end $$;

-- Foreign keys out of a table that is to be distributed by a column.
create function citus_internal.refuse_foreign_keys(p_rel regclass, p_column text, p_colocationid integer) returns void
language plpgsql stable as $$
declare
  o pg_catalog.pg_constraint;
  p pg_catalog.pg_dist_partition;
  key smallint := (select a.attnum from pg_catalog.pg_attribute a where a.attrelid = p_rel and a.attname = p_column);
  their_key smallint;
begin
  for o in select * from pg_catalog.pg_constraint c where c.conrelid = p_rel and c.contype = 'f' order by c.oid loop
    select * into p from pg_catalog.pg_dist_partition d where d.logicalrelid = o.confrelid;
    if p.logicalrelid is null and o.confrelid <> p_rel then
      perform citus_internal.fail('42P16', format('referenced table "%s" must be a distributed table or a reference table',
          citus_internal.bare_name(o.confrelid)),
        'To enforce foreign keys, the referencing and referenced rows need to be stored on the same node.',
        format('You could use SELECT create_reference_table(''%s'') to replicate the referenced table to all nodes or '
               'consider dropping the foreign key', o.confrelid::regclass));
    end if;
    perform citus_internal.refuse_key_actions(o, key);
    continue when p.repmodel = 't' or p_column is null and o.confrelid = p_rel;
    if o.confrelid <> p_rel and p.colocationid is distinct from p_colocationid then
      perform citus_internal.fail('0A000', 'cannot create foreign key constraint since relations are not colocated or '
          'not referencing a reference table',
        'A distributed table can only have foreign keys if it is referencing another colocated hash distributed table '
        'or a reference table');
    end if;
    their_key := case when o.confrelid = p_rel then key else substring(p.partkey from ':varattno ([0-9]+)')::smallint end;
    if p_column is not null and not exists (select from unnest(o.conkey, o.confkey) k (here, there)
                                             where k.here = key and k.there = their_key) then
      perform citus_internal.fail('0A000', 'cannot create foreign key constraint',
        'Foreign keys are supported in two cases, either in between two colocated tables including partition column in '
        'the same ordinal in the both tables or from distributed to reference tables');
    end if;
  end loop;
end $$;

-- A reference table may point to plain tables too, but nothing may follow from what happens there.
create function citus_internal.refuse_foreign_keys_of_reference(p_rel regclass) returns void language plpgsql stable as $$
declare
  o pg_catalog.pg_constraint;
  p pg_catalog.pg_dist_partition;
begin
  for o in select * from pg_catalog.pg_constraint c
            where c.conrelid = p_rel and c.contype = 'f' and c.confrelid <> p_rel order by c.oid loop
    select * into p from pg_catalog.pg_dist_partition d where d.logicalrelid = o.confrelid;
    if p.partmethod = 'h' or p.colocationid <> 0 and p.repmodel = 's' then
      perform citus_internal.fail('0A000', 'cannot create foreign key constraint since foreign keys from reference tables and '
          'local tables to distributed tables are not supported',
        'Reference tables and local tables can only have foreign keys to reference tables and local tables');
    elsif p.repmodel is distinct from 't' and (o.confdeltype not in ('a', 'r') or o.confupdtype not in ('a', 'r')) then
      perform citus_internal.fail('0A000', 'cannot define foreign key constraint, foreign keys from reference tables to local '
          'tables can only be defined with NO ACTION or RESTRICT behaviors', null,
        format('You could use SELECT create_reference_table(''%s'') to replicate the referenced table to all nodes or consider '
               'dropping the foreign key', o.confrelid::regclass));
    end if;
  end loop;
end $$;

create function citus_internal.refuse_collation(p_rel regclass, p_with regclass) returns void language plpgsql stable as $$
begin
  perform citus_internal.fail('XX000', format('cannot colocate tables %s and %s', citus_internal.bare_name(p_rel),
      citus_internal.bare_name(p_with)),
    format('Distribution column collations don''t match for %s and %s.', citus_internal.bare_name(p_rel),
           citus_internal.bare_name(p_with)));
end $$;

create function citus_internal.refuse_colocation(p_rel regclass, p_with regclass, p_type oid, p_collation oid)
returns void language plpgsql stable as $$
declare
  other pg_catalog.pg_dist_partition;
  c pg_catalog.pg_dist_colocation;
  why text;
begin
  select * into other from pg_catalog.pg_dist_partition where logicalrelid = p_with;
  if not found then perform citus_internal.fail('42P16', format('relation %s is not distributed', citus_internal.bare_name(p_with))); end if;
  select * into c from pg_catalog.pg_dist_colocation where colocationid = other.colocationid;
  if other.repmodel <> 's' then why := 'Replication models don''t match';
  elsif c.distributioncolumntype <> p_type then why := 'Distribution column types don''t match';
  elsif c.distributioncolumncollation <> p_collation then perform citus_internal.refuse_collation(p_rel, p_with);
  end if;
  if why is not null then
    perform citus_internal.fail('XX000', format('cannot colocate tables %s and %s', citus_internal.bare_name(p_with),
        citus_internal.bare_name(p_rel)),
      format('%s for %s and %s.', why, citus_internal.bare_name(p_with), citus_internal.bare_name(p_rel)));
  end if;
end $$;

-- PostgreSQL minors of late 2026 let only listed libraries decode WAL, and Citus' own decoder is not on the list. The
-- stand-in has no decoder at all, so it always answers as they do.
create function citus_internal.refuse_output_plugin() returns void language plpgsql as $$
declare
  n pg_catalog.pg_dist_node;
begin
  raise warning using errcode = '42501', message = 'library "citus" may not be used as an output plugin',
    hint = 'If it is safe for all REPLICATION users to use this library as an output plugin, add it to "output_plugin_libraries" and reload the server configuration.';
  perform citus_internal.fail('XX000', 'ERROR:  library "citus" may not be used as an output plugin', null,
    'If it is safe for all REPLICATION users to use this library as an output plugin, add it to "output_plugin_libraries" and reload the server configuration.');
end $$;
