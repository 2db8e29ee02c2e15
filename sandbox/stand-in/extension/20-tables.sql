-- Citus' own tables. They are created in public and moved because PostgreSQL lets nobody create in pg_catalog
-- a table that has a TOAST table of its own.
create sequence pg_catalog.pg_dist_node_nodeid_seq minvalue 1 maxvalue 4294967296;
create sequence pg_catalog.pg_dist_groupid_seq minvalue 1 maxvalue 4294967296;
create sequence pg_catalog.pg_dist_shardid_seq minvalue 102008 no cycle;
create sequence pg_catalog.pg_dist_placement_placementid_seq no cycle;
create sequence pg_catalog.pg_dist_colocationid_seq minvalue 1 maxvalue 4294967296;
create sequence pg_catalog.pg_dist_background_job_job_id_seq;
create sequence pg_catalog.pg_dist_background_task_task_id_seq;
create sequence pg_catalog.pg_dist_cleanup_recordid_seq;
create sequence pg_catalog.pg_dist_operationid_seq;

create table pg_catalog.pg_dist_node (
  nodeid integer not null default nextval('pg_catalog.pg_dist_node_nodeid_seq') primary key,
  groupid integer not null default nextval('pg_catalog.pg_dist_groupid_seq'),
  nodename text not null,
  nodeport integer not null default 5432,
  noderack text not null default 'default',
  hasmetadata boolean not null default false,
  isactive boolean not null default true,
  noderole pg_catalog.noderole not null default 'primary',
  nodecluster name not null default 'default',
  metadatasynced boolean not null default false,
  shouldhaveshards boolean not null default true,
  nodeisclone boolean not null default false,
  nodeprimarynodeid integer not null default 0,
  unique (nodename, nodeport)
);
create table pg_catalog.pg_dist_local_group (groupid integer not null primary key);
insert into pg_catalog.pg_dist_local_group values (0);
create table pg_catalog.pg_dist_node_metadata (metadata jsonb not null);
insert into pg_catalog.pg_dist_node_metadata
  values (jsonb_build_object('server_id', gen_random_uuid(), 'partitioned_citus_table_exists_pre_11', false));
create table pg_catalog.pg_dist_authinfo (
  nodeid integer not null, rolename name not null, authinfo text not null, primary key (nodeid, rolename)
);
create table pg_catalog.pg_dist_poolinfo (nodeid integer not null primary key, poolinfo text not null);

create table pg_catalog.pg_dist_colocation (
  colocationid integer not null primary key,
  shardcount integer not null,
  replicationfactor integer not null,
  distributioncolumntype oid not null,
  distributioncolumncollation oid not null
);
create table pg_catalog.pg_dist_partition (
  logicalrelid regclass not null primary key,
  partmethod "char" not null,
  partkey text,
  colocationid integer not null default 0,
  repmodel "char" not null default 'c',
  autoconverted boolean not null default false
);
create index pg_dist_partition_colocationid_index on pg_catalog.pg_dist_partition (colocationid);
create table pg_catalog.pg_dist_shard (
  logicalrelid regclass not null,
  shardid bigint not null primary key,
  shardstorage "char" not null,
  shardminvalue text,
  shardmaxvalue text
);
create index pg_dist_shard_logicalrelid_index on pg_catalog.pg_dist_shard (logicalrelid);
create table pg_catalog.pg_dist_placement (
  placementid bigint not null default nextval('pg_catalog.pg_dist_placement_placementid_seq') primary key,
  shardid bigint not null,
  shardstate integer not null,
  shardlength bigint not null,
  groupid integer not null,
  unique (shardid, groupid)
);
create index pg_dist_placement_groupid_index on pg_catalog.pg_dist_placement (groupid);
create table pg_catalog.pg_dist_schema (schemaid oid not null primary key, colocationid integer not null unique);
create table pg_catalog.pg_dist_object (
  classid oid not null, objid oid not null, objsubid integer not null, type text, object_names text[],
  object_args text[], distribution_argument_index integer, colocationid integer,
  force_delegation boolean not null default false, primary key (classid, objid, objsubid)
);
create table pg_catalog.pg_dist_transaction (
  groupid integer not null, gid text not null, outer_xid xid8, primary key (groupid, gid)
);
create table pg_catalog.pg_dist_cleanup (
  record_id bigint not null default nextval('pg_catalog.pg_dist_cleanup_recordid_seq') primary key,
  operation_id bigint not null,
  object_type integer not null,
  object_name text not null,
  node_group_id integer not null,
  policy_type integer not null
);

create table pg_catalog.pg_dist_background_job (
  job_id bigint not null default nextval('pg_catalog.pg_dist_background_job_job_id_seq') primary key,
  state pg_catalog.citus_job_status not null default 'scheduled',
  job_type name not null,
  description text not null,
  started_at timestamptz,
  finished_at timestamptz,
  check (case state
           when 'scheduled' then started_at is null and finished_at is null
           when 'running' then started_at is not null and finished_at is null
           when 'finished' then started_at is not null and finished_at is not null
           else true end)
);
create table pg_catalog.pg_dist_background_task (
  job_id bigint not null references pg_catalog.pg_dist_background_job (job_id),
  task_id bigint not null default nextval('pg_catalog.pg_dist_background_task_task_id_seq') primary key,
  owner regrole not null default current_user::regrole,
  pid integer,
  status pg_catalog.citus_task_status not null default 'runnable',
  command text not null,
  retry_count integer,
  not_before timestamptz,
  message text not null default '',
  nodes_involved integer[],
  unique (task_id, job_id)
);
create table pg_catalog.pg_dist_background_task_depend (
  job_id bigint not null,
  task_id bigint not null,
  depends_on bigint not null,
  primary key (job_id, task_id, depends_on)
);
create table pg_catalog.pg_dist_rebalance_strategy (
  name name not null primary key,
  default_strategy boolean not null default false,
  shard_cost_function regproc not null,
  node_capacity_function regproc not null,
  shard_allowed_on_node_function regproc not null,
  default_threshold real not null,
  minimum_threshold real not null default 0,
  improvement_threshold real not null default 0
);

do $$
declare t regclass;
begin
  for t in select c.oid from pg_catalog.pg_class c
            where c.relnamespace = 'pg_catalog'::regnamespace and c.relname like 'pg\_dist\_%' and c.relkind = 'r' loop
    execute format('grant select on %s to public', t);
  end loop;
end $$;
revoke select on pg_catalog.pg_dist_authinfo, pg_catalog.pg_dist_poolinfo from public;
