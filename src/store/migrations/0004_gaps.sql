-- Questions that were not answered, or not well, in servers whose moderators want to know: folded words, no person, no channel, and
-- of the time only the day.

alter table servers add column gaps bigint;

create table gaps (
    server bigint not null,
    question text not null,
    -- unanswered, other or wrong
    missed text not null,
    generation text not null,
    -- When the day began (UTC).
    asked_on bigint not null,
    times bigint not null,
    primary key (server, question, missed, generation, asked_on)
);

create index gaps_by_age on gaps (asked_on);
