\set aid random(1, 50000)
select balance from bench_accounts where aid = :aid;
