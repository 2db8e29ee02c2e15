-- Computed, not drawn: the same rows on every engine and in every run.

insert into countries (code, name) values
  ('ES', 'Spain'), ('PT', 'Portugal'), ('FR', 'France'), ('DE', 'Germany'), ('IT', 'Italy'), ('AT', 'Austria'),
  ('NL', 'Netherlands'), ('BE', 'Belgium'), ('PL', 'Poland'), ('SE', 'Sweden'), ('IE', 'Ireland'), ('GR', 'Greece');

insert into customers (customer_id, name, country, signed_up)
select id, 'Customer ' || id,
       (array['ES','PT','FR','DE','IT','AT','NL','BE','PL','SE','IE','GR'])[1 + id % 12],
       timestamptz '2025-01-01' + id * interval '37 minutes'
  from generate_series(1, 6000) as id;

insert into orders (customer_id, order_id, placed_at, status, total, note)
select 1 + (n * 7919) % 6000, n, timestamptz '2026-01-01' + n * interval '6 minutes',
       (array['placed','paid','packed','sent','delivered','returned'])[1 + n % 6],
       5 + (n * 31) % 40000 / 100.0, repeat('packed with care ', 1 + n % 4)
  from generate_series(1, 60000) as n;

insert into order_items (customer_id, order_id, line, product, quantity, price)
select 1 + (n * 7919) % 6000, n, line, 'product-' || (n * 13 + line * 101) % 900, 1 + (n + line) % 5,
       1 + (n * 17 + line) % 9000 / 100.0
  from generate_series(1, 60000) as n, generate_series(1, 1 + n % 3) as line;

-- A little skew: one event in five comes from device 7.
insert into events (device_id, event_id, happened_at, kind, payload)
select case when n % 5 = 0 then 7 else 1 + (n * 6151) % 2000 end, n,
       timestamptz '2026-06-01' + n * interval '20 seconds',
       (array['heartbeat','reading','alarm','update'])[1 + n % 4],
       jsonb_build_object('battery', n % 101, 'firmware', '4.' || n % 9, 'signal', -40 - n % 60)
  from generate_series(1, 70000) as n;

insert into no_pk (a, b) select n, 'row ' || n from generate_series(1, 2000) as n;
insert into "Weird ""name" select n, 'größe ' || n from generate_series(1, 400) as n;

insert into page_views (user_id, path, viewed_at)
select 1 + (n * 7919) % 6000, '/shop/' || n % 400, timestamptz '2026-09-01' + n * interval '11 seconds'
  from generate_series(1, 20000) as n;
insert into devices select n, 'model-' || n % 12, 1 + (n * 7919) % 6000 from generate_series(1, 2000) as n;
insert into invoices
select n, 1 + (n * 7919) % 6000, 'INV-' || to_char(n, 'FM000000'), 5 + (n * 31) % 40000 / 100.0
  from generate_series(1, 5000) as n;
insert into vouchers (code, worth) select 'SAVE' || n, 5 + n % 20 from generate_series(1, 200) as n;
