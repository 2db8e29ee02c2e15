select create_reference_table('countries');
select create_distributed_table('customers', 'customer_id', shard_count => 32);
select create_distributed_table('orders', 'customer_id', colocate_with => 'customers');
select create_distributed_table('order_items', 'customer_id', colocate_with => 'customers');
select create_distributed_table('events', 'device_id', colocate_with => 'none', shard_count => 16);
select create_distributed_table('no_pk', 'a', colocate_with => 'none', shard_count => 8);
select create_distributed_table('"Weird ""name"', 'Key', colocate_with => 'none', shard_count => 4);

-- The rows are on the workers now; the copies left behind would be counted as local data.
select truncate_local_data_after_distributing_table('countries');
select truncate_local_data_after_distributing_table('customers');
select truncate_local_data_after_distributing_table('orders');
select truncate_local_data_after_distributing_table('order_items');
select truncate_local_data_after_distributing_table('events');
select truncate_local_data_after_distributing_table('no_pk');
select truncate_local_data_after_distributing_table('"Weird ""name"');
