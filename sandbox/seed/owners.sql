-- The tables belong to a role that is no superuser, as they do in production: what operators may do with them hangs on that.
grant create on schema public to shop_owner;
alter table countries owner to shop_owner;
alter table customers owner to shop_owner;
alter table orders owner to shop_owner;
alter table order_items owner to shop_owner;
alter table events owner to shop_owner;
alter table no_pk owner to shop_owner;
alter table "Weird ""name" owner to shop_owner;
alter table page_views owner to shop_owner;
alter table devices owner to shop_owner;
alter table invoices owner to shop_owner;
alter table vouchers owner to shop_owner;
