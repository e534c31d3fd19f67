//! The whole bot, end to end: the unmodified serenity client over real HTTP and WebSocket against the local Discord.
//! The engine is a fake with fixed answers; what is asserted is what Discord recorded, never the bot's insides.

mod asking;
mod backend;
mod buttons;
mod delivery;
mod harness;
mod lifecycle;
mod limits;
mod logs;
mod moderators;
mod politeness;
mod process;
mod production;
mod reindexing;
mod uploads;
mod whole;
