-- Ids of Discord are 64-bit numbers; times are seconds since 1970 (UTC). Nothing here that PostgreSQL would not take.

create table servers (
    server bigint not null primary key,
    -- Whose members count as moderators beside those with Manage Server.
    moderator_role bigint,
    -- Seconds between two questions of one user there.
    cooldown bigint,
    greeted_at bigint,
    -- When the bot was removed; what is known of the server goes some days later.
    left_at bigint
);

create table channels (
    server bigint not null,
    channel bigint not null,
    -- off, mention or listen
    mode text not null,
    primary key (server, channel)
);

create table answers (
    question bigint not null primary key,
    answer bigint not null,
    channel bigint not null,
    asker bigint not null,
    created_at bigint not null
);

create index answers_by_answer on answers (answer);
create index answers_by_age on answers (created_at);
