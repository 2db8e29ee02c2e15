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
  if c.relkind = 'p' or c.relispartition then
    perform citus_internal.fail('0A000', format('the stand-in does not distribute partitioned tables: %s', c.relname));
  end if;
  if exists (select from pg_catalog.pg_trigger t where t.tgrelid = p_rel and not t.tgisinternal) then
    perform citus_internal.fail('XX000', format('cannot distribute relation "%s" because it has triggers', c.relname),
      null, format('Consider dropping all the triggers on "%s" and retry.', c.relname));
  end if;
end $fn$;

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
  if citus_internal.hash_function(a.atttypid) is null then
    perform citus_internal.fail('42704',
      format('data type %s has no default operator class for specified partition method', format_type(a.atttypid, -1)),
      'Partition column types must have a default operator class defined.');
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

-- Foreign keys out of the table (and, for one that other distributed tables may point to, into it).
create function citus_internal.refuse_foreign_keys(p_rel regclass, p_column text, p_colocationid integer) returns void
language plpgsql stable as $$
declare
  f record;
begin
  for f in select o.*, p.partmethod, p.repmodel, p.colocationid, p.partkey
             from pg_catalog.pg_constraint o
             left join pg_catalog.pg_dist_partition p on p.logicalrelid = o.confrelid
            where o.conrelid = p_rel and o.contype = 'f' and o.confrelid <> p_rel order by o.oid loop
    if f.partmethod is null then
      perform citus_internal.fail('42P16', format('referenced table "%s" must be a distributed table or a reference table',
          citus_internal.bare_name(f.confrelid)),
        'To enforce foreign keys, the referencing and referenced rows need to be stored on the same node.',
        format('You could use SELECT create_reference_table(''%s'') to replicate the referenced table to all nodes or '
               'consider dropping the foreign key', f.confrelid::regclass));
    elsif f.repmodel = 't' then
      continue;
    elsif f.colocationid is distinct from p_colocationid then
      perform citus_internal.fail('0A000', 'cannot create foreign key constraint since relations are not colocated or '
          'not referencing a reference table',
        'A distributed table can only have foreign keys if it is referencing another colocated hash distributed table '
        'or a reference table');
    elsif p_column is not null and not exists (
        select from unnest(f.conkey, f.confkey) k (here, there)
          join pg_catalog.pg_attribute a on a.attrelid = p_rel and a.attnum = k.here and a.attname = p_column
          join pg_catalog.pg_attribute b on b.attrelid = f.confrelid and b.attnum = k.there
           and b.attname = pg_catalog.column_to_column_name(f.confrelid, f.partkey)) then
      perform citus_internal.fail('0A000', 'cannot create foreign key constraint',
        'Foreign keys are supported in two cases, either in between two colocated tables including partition column in '
        'the same ordinal in the both tables or from distributed to reference tables');
    end if;
  end loop;
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
  elsif c.distributioncolumncollation <> p_collation then why := 'Distribution column collations don''t match';
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
