-- Results of what moderators began that could not be told to them in time, until they are; and where results are posted.

alter table servers add column log_channel bigint;

create table reports (
    -- The interaction that began it.
    event bigint not null primary key,
    server bigint not null,
    written_at bigint not null,
    -- What the moderator would have read.
    content text not null
);

create index reports_by_server on reports (server);
