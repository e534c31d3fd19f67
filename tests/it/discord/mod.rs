//! The whole bot, end to end: the unmodified serenity client over real HTTP and WebSocket against the local Discord.
//! The engine is a fake with fixed answers; what is asserted is what Discord recorded, never the bot's insides.

mod asking;
mod audit;
mod backend;
mod buttons;
mod conversation;
mod crowd;
mod delivery;
mod feedback;
mod gaps;
mod going_on;
mod harness;
mod joining;
mod lifecycle;
mod limits;
mod listening;
#[cfg(unix)]
mod load;
mod logs;
mod lookups;
mod menu;
mod moderators;
mod outliving;
mod politeness;
mod privacy;
mod process;
mod production;
mod reindexing;
mod rights;
mod settings;
mod uploads;
mod whole;
