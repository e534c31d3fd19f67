-- What people thought of answers. Who, and of which answer, stands here as one keyed hash of both, and as nothing else.

create table secrets (
    name text not null primary key,
    value text not null
);

create table votes (
    voter text not null primary key,
    -- helped, other or wrong
    vote text not null,
    voted_at bigint not null
);

create index votes_by_age on votes (voted_at);
