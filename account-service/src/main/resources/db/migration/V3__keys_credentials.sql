-- An application has several keys. sealed_private_key is null when the business made the pair itself.
create table application_key (
    id                 text primary key,
    biz_name           text not null references application on delete cascade,
    algorithm          text not null check (algorithm in ('RSA', 'SM2')),
    bits               int not null,
    public_key         text not null,
    sealed_private_key bytea,
    seal_label         text not null,
    created_at_ms      bigint not null,
    expires_at_ms      bigint not null
);
create index on application_key (biz_name);
insert into application_key
select 'k' || substr(md5(biz_name), 1, 15), biz_name, 'RSA', 2048, public_key, sealed_private_key,
       'application key ' || biz_name, created_at_ms, 9223372036854775807
from application;
alter table application
    drop public_key,
    drop sealed_private_key,
    add signature_life_max_s int not null default 604800;

-- What a business server shows: getSign, docking, OpenAPI, CRVideo. auth_url: who vouches for its users, '' = nobody.
create table credential (
    app_id        text primary key,
    biz_name      text not null references application on delete cascade,
    name          text not null,
    sealed_secret bytea not null,
    auth_url      text not null,
    created_at_ms bigint not null,
    expires_at_ms bigint not null
);
create index on credential (biz_name);

create table api_sign (
    sign_digest   bytea primary key,
    app_id        text not null references credential on delete cascade,
    expires_at_ms bigint not null
);
create index on api_sign (app_id, expires_at_ms);

-- Nonces of OpenAPI calls, for as long as their time stamps are good.
create table nonce (
    app_id     text not null references credential on delete cascade,
    nonce      text not null,
    seen_at_ms bigint not null,
    primary key (app_id, nonce)
);
create index on nonce (seen_at_ms);
