//! The sandbox's plain front: a person types, the bot answers, everything as text.
//!
//! ```text
//! > How much do medical records specialists earn?
//! registrar in #questions
//! │ $35,900 a year (median, 2014)
//! │ [Why?] [More]
//! ```
//! A line is a question in #questions that mentions the bot; `/ask` and the like are slash commands as the bot
//! registered them; `/dm`, `/reply`, `/press`, `/choose`, `/fill`, `/as` and `/quit` belong to this terminal. It works through a pipe too:
//! every line is answered before the next is read, and the end of the input ends it.

mod card;
mod command;
mod names;
mod press;

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::pin::pin;
use std::time::Duration;

use futures_util::{Stream, StreamExt};

use super::draft::MessageDraft;
use super::observe::{BotMessage, loading, own, response};
use super::state::State;
use super::{ChannelId, InteractionId, MessageId, Sandbox, UserId, world};
use command::Line;

/// How long the bot may take to connect.
const CONNECT: Duration = Duration::from_secs(30);
/// How long a line waits for its answer before the terminal says that there is none.
const ANSWER: Duration = Duration::from_secs(8);

/// How long the bot may think after it said that it does: as long as an interaction lives.
const THINKING: Duration = Duration::from_secs(15 * 60);

const INTRODUCTION: &str = "\
This is the sandbox: a Discord on this machine alone, with the real bot connected to it.
Type a question; it mentions the bot in #questions. Also:
  /ask QUESTION, /help and the bot's other commands
  /dm TEXT        write to the bot directly
  /reply TEXT     reply to its last message
  /press LABEL    press a button of its last card
  /choose LABEL   choose from the menu of its last card
  /fill TEXT      fill in the form that a button opened
  /as member|moderator
  /quit
";

/// Whether the person sees what they type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// The terminal shows it already: a prompt is printed before each line.
    Prompt,
    /// The input is a pipe: each line is printed as it is read, so that the transcript can be followed.
    Repeat,
}

/// Holds the conversation until `/quit` or the end of the input, whose last line is still answered.
///
/// # Errors
/// When the input or the output fails, or with [`io::ErrorKind::TimedOut`] when the bot does not connect in 30 s.
pub async fn terminal(
    sandbox: &Sandbox,
    input: impl Stream<Item = io::Result<String>>,
    output: impl Write,
    echo: Echo,
) -> io::Result<()> {
    if !sandbox.wait_ready(CONNECT).await {
        let message = "The bot did not connect to the sandbox within 30 seconds.";
        return Err(io::Error::new(io::ErrorKind::TimedOut, message));
    }
    // Questions work without commands; a bot that registers none is no reason to wait longer.
    sandbox.wait_commands(Duration::from_secs(5)).await;
    let mut session = Conversation {
        sandbox,
        output,
        echo,
        user: world::ASKER,
        shown: BTreeMap::new(),
        last: None,
        card: None,
        form: None,
    };
    write!(session.output, "{INTRODUCTION}")?;
    let mut input = pin!(input);
    loop {
        if echo == Echo::Prompt {
            write!(session.output, "> ")?;
        }
        session.output.flush()?;
        let line = loop {
            tokio::select! {
                biased;
                line = input.next() => break line.transpose()?,
                () = session.news() => {
                    if echo == Echo::Prompt {
                        writeln!(session.output)?;
                    }
                    session.show()?;
                    session.output.flush()?;
                }
            }
        };
        let Some(line) = line else { break };
        if echo == Echo::Repeat {
            writeln!(session.output, "> {line}")?;
        }
        if !session.line(line.trim()).await? {
            break;
        }
    }
    session.show()?;
    session.output.flush()
}

/// The lines of standard input, read by a thread of their own, so that waiting for one never holds the program back.
pub fn standard_input() -> impl Stream<Item = io::Result<String>> {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    std::thread::spawn(move || {
        for line in lines(io::stdin().lock()) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    futures_util::stream::unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) })
}

/// The lines of a text without their ends. Bytes that are not UTF-8 become U+FFFD: a stray one, as from a paste, is no
/// reason to end the conversation.
fn lines(input: impl BufRead) -> impl Iterator<Item = io::Result<String>> {
    input.split(b'\n').map(|line| {
        let mut line = line?;
        line.pop_if(|last| *last == b'\r');
        Ok(String::from_utf8_lossy(&line).into_owned())
    })
}

/// What a line waits for.
enum Awaited {
    Reply(MessageId, ChannelId),
    Response(InteractionId),
}

struct Conversation<'a, W> {
    sandbox: &'a Sandbox,
    output: W,
    echo: Echo,
    user: UserId,
    /// The bot's messages that were printed, with their number of edits then.
    shown: BTreeMap<MessageId, u32>,
    /// The bot's last public message, for `/reply`.
    last: Option<(MessageId, ChannelId)>,
    /// The bot's last message with buttons, for `/press`.
    card: Option<BotMessage>,
    /// The form that was opened last, for `/fill`.
    form: Option<InteractionId>,
}

impl<W: Write> Conversation<'_, W> {
    /// Handles one line; false ends the conversation.
    async fn line(&mut self, line: &str) -> io::Result<bool> {
        match command::read(line, &self.sandbox.commands_offered()) {
            Line::Nothing => {}
            Line::Quit => return Ok(false),
            Line::Trouble(text) => writeln!(self.output, "{text}")?,
            Line::As(user, name) => {
                self.user = user;
                writeln!(self.output, "You are the {name} now.")?;
            }
            Line::Question(text) => {
                let text = format!("<@{}> {text}", world::BOT);
                self.say(MessageDraft::new(self.user, world::QUESTIONS, text)).await?;
            }
            Line::Direct(text) => {
                let channel = world::direct_channel(self.user).unwrap_or(world::DM_ASKER);
                self.say(MessageDraft::new(self.user, channel, text)).await?;
            }
            Line::Reply(text) => match self.last {
                Some((message, channel)) => {
                    let draft = MessageDraft::new(self.user, channel, text);
                    self.say(MessageDraft { reply_to: Some(message), ..draft }).await?;
                }
                None => writeln!(self.output, "The bot has not written anything to reply to yet.")?,
            },
            Line::Press(label) => self.press(&label).await?,
            Line::Fill(text) => self.fill(&text).await?,
            Line::Slash(mut draft) => {
                draft.user = self.user;
                let id = self.sandbox.slash(*draft);
                self.answer(Awaited::Response(id)).await?;
            }
        }
        Ok(true)
    }

    async fn say(&mut self, draft: MessageDraft) -> io::Result<()> {
        let channel = draft.channel;
        let id = self.sandbox.say(draft);
        self.answer(Awaited::Reply(id, channel)).await
    }

    /// Waits for an answer and prints what is new.
    async fn answer(&mut self, awaited: Awaited) -> io::Result<()> {
        let arrived = self.sandbox.wait(|state| answered(state, &awaited).then_some(()));
        let mut in_time = tokio::time::timeout(ANSWER, arrived).await.is_ok();
        if !in_time && self.echo == Echo::Repeat && thinking(&self.sandbox.lock(), &awaited) {
            // Nobody waits to type, and the input's end must not cut a long work's answer off.
            let arrived = self.sandbox.wait(|state| answered(state, &awaited).then_some(()));
            in_time = tokio::time::timeout(THINKING, arrived).await.is_ok();
        }
        self.show()?;
        if !in_time {
            writeln!(self.output, "(no answer within {} seconds)", ANSWER.as_secs())?;
        }
        Ok(())
    }

    /// Returns when the bot has written or changed something that was not printed yet.
    async fn news(&self) {
        let shown = &self.shown;
        self.sandbox
            .wait(|state| own(state).any(|stored| is_news(shown, &BotMessage::new(stored))).then_some(()))
            .await;
    }

    /// Prints everything new.
    fn show(&mut self) -> io::Result<()> {
        let news: Vec<BotMessage> = {
            let state = self.sandbox.lock();
            own(&state)
                .filter(|stored| !loading(stored))
                .map(BotMessage::new)
                .filter(|one| is_news(&self.shown, one))
                .collect()
        };
        for message in news {
            let before = self.shown.insert(message.id, revision(&message));
            write!(self.output, "{}", card::text(&message, before.is_some()))?;
            if !message.deleted {
                if !message.ephemeral {
                    self.last = Some((message.id, message.channel));
                }
                if !message.components.is_empty() {
                    self.card = Some(message);
                }
            }
        }
        Ok(())
    }
}

/// What changes when a message does; a deletion is the last change.
fn revision(message: &BotMessage) -> u32 {
    if message.deleted { u32::MAX } else { message.edits }
}

fn is_news(shown: &BTreeMap<MessageId, u32>, message: &BotMessage) -> bool {
    let waiting = message.flags & 128 != 0;
    match shown.get(&message.id) {
        Some(seen) => *seen != revision(message),
        None => !message.deleted && !waiting,
    }
}

fn answered(state: &State, awaited: &Awaited) -> bool {
    match awaited {
        Awaited::Response(id) => response(state, *id).is_some(),
        Awaited::Reply(question, channel) => own(state)
            .map(BotMessage::new)
            .any(|one| one.channel == *channel && one.interaction.is_none() && one.id > *question),
    }
}

/// Whether the bot has deferred its answer and still owes it.
fn thinking(state: &State, awaited: &Awaited) -> bool {
    let Awaited::Response(id) = awaited else { return false };
    let callback = state.interactions.get(id).and_then(|interaction| interaction.callback.as_ref());
    callback.is_some_and(|callback| matches!(callback.kind, 5 | 6) && !callback.completed)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_byte_that_is_no_text_ends_nothing() {
        let read: Vec<String> =
            lines(&b"a \xff b\nmore\r\n\nlast"[..]).map(|line| line.expect("a line")).collect();
        assert_eq!(read, ["a \u{fffd} b", "more", "", "last"]);
    }
}
