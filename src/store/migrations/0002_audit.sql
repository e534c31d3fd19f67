-- What moderators did to the corpus: ids, a file name or a generation, and how it ended.

create table audit (
    -- The interaction that did it; one press may both add a document and read the folder again.
    event bigint not null,
    deed text not null,
    server bigint not null,
    moderator bigint not null,
    done_at bigint not null,
    -- The stored name of a document, or a generation.
    about text not null,
    ending text not null,
    primary key (event, deed)
);

create index audit_by_age on audit (done_at);
