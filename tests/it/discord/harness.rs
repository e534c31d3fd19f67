//! Starts the bot in a local Discord and, at the end of each test, asserts what must hold in all of them.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use registrar::discord::{self, Backend, Settings, Stop};
use registrar::sandbox::{
    BotMessage, GatewayFault, InteractionDraft, InteractionResponse, MessageDraft, Recorded, Sandbox,
    SandboxOptions, world,
};
use registrar::store::{self, Place, Store};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::backend::{CANARY, Fake};
use super::logs;
use crate::openapi;

/// Far more than anything here takes; only a failing test waits so long.
pub const SOON: Duration = Duration::from_secs(10);
/// Long enough to be sure that nothing comes.
pub const QUIET: Duration = Duration::from_millis(250);

/// A bot in a local Discord.
pub struct Stage {
    /// The local Discord.
    pub discord: Sandbox,
    /// The engine.
    pub backend: Arc<Fake>,
    /// What the bot asks instead of it, if anything.
    pub library: Option<Arc<dyn Backend>>,
    /// What the bot remembers; it outlives the bot.
    pub store: Arc<dyn Store>,
    /// With which settings the bot runs.
    pub settings: Settings,
    running: Option<Running>,
    /// Breaches of Discord's rules that the test causes on purpose, by their name.
    pub expected_violations: Vec<&'static str>,
}

struct Running {
    bot: JoinHandle<Result<(), Stop>>,
    shutdown: oneshot::Sender<()>,
}

impl Stage {
    /// The bot with default settings, `/corpus` allowed in the server, ready and with its commands registered.
    pub async fn start() -> Self {
        Self::with(|_, _| {}).await
    }

    /// As [`Stage::start`], after a change of the options.
    pub async fn with(change: impl FnOnce(&mut SandboxOptions, &mut Settings)) -> Self {
        let mut stage = Self::set(change).await;
        stage.enter().await;
        stage
    }

    /// The local Discord without the bot.
    pub async fn set(change: impl FnOnce(&mut SandboxOptions, &mut Settings)) -> Self {
        logs::capture();
        let mut options = SandboxOptions { token: logs::TOKEN.to_owned(), ..SandboxOptions::default() };
        let mut settings = Settings::new(SecretString::from(logs::TOKEN));
        settings.discord.corpus_servers = vec![world::GUILD];
        change(&mut options, &mut settings);
        let discord = Sandbox::start(options).await.expect("loopback can be bound");
        settings.local.get_or_insert_with(|| discord.api_base());
        let backend = Arc::new(Fake::default());
        let store = store::open(&Place::Memory).await.expect("it opens");
        Self {
            discord,
            backend,
            library: None,
            store,
            settings,
            running: None,
            expected_violations: Vec::new(),
        }
    }

    /// Starts the bot and waits until it is ready.
    pub async fn enter(&mut self) {
        self.launch();
        assert!(self.discord.wait_ready(SOON).await, "not ready: {:#?}", self.discord.violations());
        assert!(self.discord.wait_commands(SOON).await, "no commands: {:#?}", self.discord.violations());
    }

    /// Starts the bot and waits for nothing.
    pub fn launch(&mut self) {
        let (shutdown, told) = oneshot::channel();
        let settings = self.settings.clone();
        let backend = self.library.clone().unwrap_or_else(|| Arc::clone(&self.backend) as Arc<dyn Backend>);
        let store = Arc::clone(&self.store);
        let bot = tokio::spawn(async move {
            discord::run(settings, backend, store, async {
                // A dropped sender ends the bot as well.
                let _ = told.await;
            })
            .await
        });
        self.running = Some(Running { bot, shutdown });
    }

    /// Tells the bot to leave and waits until it has.
    pub async fn leave(&mut self) -> Result<(), Stop> {
        let mut bot = self.tell_to_leave();
        let left = tokio::time::timeout(SOON, async {
            loop {
                tokio::select! {
                    result = &mut bot => break result,
                    // serenity looks for its orders after each frame, or every half second: a heartbeat's
                    // acknowledgement is a frame that means nothing here.
                    () = tokio::time::sleep(Duration::from_millis(10)) => {
                        self.discord.gateway_fault(GatewayFault::Raw(r#"{"op":11,"d":null}"#.to_owned()));
                    }
                }
            }
        });
        left.await.expect("the bot leaves in time").expect("no panic")
    }

    /// Tells the bot to leave and waits for nothing.
    pub fn tell_to_leave(&mut self) -> JoinHandle<Result<(), Stop>> {
        let running = self.running.take().expect("the bot runs");
        let _ = running.shutdown.send(());
        running.bot
    }

    /// Waits until the bot ends by itself.
    pub async fn ended(&mut self) -> Stop {
        let running = self.running.take().expect("the bot runs");
        let result = tokio::time::timeout(SOON, running.bot).await.expect("the bot ends").expect("no panic");
        result.expect_err("it ended for a reason")
    }

    /// Posts a message and waits for the reply to it.
    pub async fn reply(&self, draft: MessageDraft) -> BotMessage {
        let id = self.discord.say(draft);
        self.reply_to(id).await
    }

    /// The reply to a message.
    pub async fn reply_to(&self, id: u64) -> BotMessage {
        let reply = self.discord.next_message(|message| message.reply_to == Some(id), SOON).await;
        reply.unwrap_or_else(|| panic!("no reply: {:#?}", self.discord.requests()))
    }

    /// Uses a command and waits for the response.
    pub async fn response(&self, draft: InteractionDraft) -> InteractionResponse {
        let id = self.discord.slash(draft);
        self.response_to(id).await
    }

    /// Presses a button by its label and waits for the response.
    pub async fn press(
        &self,
        user: u64,
        message: u64,
        components: &[Value],
        label: &str,
    ) -> InteractionResponse {
        let id = custom_id(components, label).unwrap_or_else(|| panic!("no button {label}: {components:#?}"));
        let interaction = self.discord.press(user, message, &id);
        self.response_to(interaction).await
    }

    /// Chooses a line of the message's menu by its label and waits for the response.
    pub async fn choose(
        &self,
        user: u64,
        message: u64,
        components: &[Value],
        label: &str,
    ) -> InteractionResponse {
        let interaction = self.discord.choose(user, message, "choose", &[&choice(components, label)]);
        self.response_to(interaction).await
    }

    /// A stage whose cooldowns nobody meets, after a change of the options.
    pub async fn unhurried(change: impl FnOnce(&mut SandboxOptions, &mut Settings)) -> Self {
        Self::with(|options, settings| {
            settings.discord.questions_per_user = NonZeroU32::MAX;
            settings.discord.questions_per_server = NonZeroU32::MAX;
            change(options, settings);
        })
        .await
    }

    /// The response to an interaction.
    pub async fn response_to(&self, id: u64) -> InteractionResponse {
        let response = self.discord.response_to(id, SOON).await;
        response.unwrap_or_else(|| {
            panic!("no response: {:#?} {:#?}", self.discord.violations(), self.discord.requests().last())
        })
    }

    /// Asserts that the bot says nothing (more).
    pub async fn assert_silent(&self) {
        let message = self.discord.next_message(|_| true, QUIET).await;
        assert!(message.is_none(), "the bot should be silent, but said {message:#?}");
    }

    /// Asserts that exactly so many messages were sent, and no more come.
    pub async fn assert_answers_settle(&self, count: usize) {
        tokio::time::sleep(QUIET).await;
        let sent = self.sent("POST", "/messages");
        assert_eq!(sent.iter().filter(|request| request.status == 200).count(), count, "{sent:#?}");
    }

    /// The requests with this method whose path ends so.
    pub fn sent(&self, method: &str, path_end: &str) -> Vec<Recorded> {
        let requests = self.discord.requests().into_iter();
        requests.filter(|request| request.method == method && request.path.ends_with(path_end)).collect()
    }

    /// Ends the test: the bot leaves, and what must hold in every test is asserted.
    pub async fn end(mut self) {
        if self.running.is_some() {
            assert_eq!(self.leave().await, Ok(()));
        }
        self.assert_invariants();
        self.discord.stop().await;
    }

    /// What must hold in every test.
    pub fn assert_invariants(&self) {
        let expected =
            |violation: &String| self.expected_violations.iter().any(|name| violation.starts_with(name));
        let violations: Vec<String> =
            self.discord.violations().into_iter().filter(|one| !expected(one)).collect();
        assert!(violations.is_empty(), "{violations:#?}");
        let requests = self.discord.requests();
        for request in &requests {
            check_body(request);
        }
        let problems = openapi::check(&requests);
        assert!(problems.is_empty(), "against Discord's OpenAPI file: {problems:#?}");
        // An interaction's token that has died is not the bot's.
        let refused =
            requests.iter().position(|one| one.status == 401 && one.answer["code"] != json!(50_027));
        assert!(refused.is_none_or(|index| index + 1 == requests.len()), "requests after 401");
        let mut answered: Vec<&str> = requests.iter().filter_map(answered_event).collect();
        let all = answered.len();
        answered.sort_unstable();
        answered.dedup();
        assert_eq!(answered.len(), all, "an event was answered twice");
        logs::assert_clean(&[CANARY, "sandbox-interaction-", logs::TOKEN]);
    }
}

/// A question that must never be logged.
pub fn question(text: &str) -> String {
    format!("{text} {CANARY}?")
}

/// The id of the button with a label.
pub fn custom_id(components: &[Value], label: &str) -> Option<String> {
    let buttons = components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    let button = buttons.clone().find(|button| button["label"] == json!(label))?;
    button["custom_id"].as_str().map(str::to_owned)
}

/// The value of the menu's line with a label.
pub fn choice(components: &[Value], label: &str) -> String {
    let items = components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    let mut lines = items.flat_map(|item| item["options"].as_array().into_iter().flatten());
    let line = lines.find(|line| line["label"] == json!(label));
    let value = line.and_then(|line| line["value"].as_str());
    value.unwrap_or_else(|| panic!("no line {label}: {components:#?}")).to_owned()
}

/// The labels of all buttons, in order.
pub fn labels(components: &[Value]) -> Vec<String> {
    let items = components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    items.filter_map(|item| item["label"].as_str().map(str::to_owned)).collect()
}

/// A body that says something mentions nobody, suppresses previews and fits.
fn check_body(request: &Recorded) {
    let data = if request.path.ends_with("/callback") { &request.body["data"] } else { &request.body };
    let Some(content) = data["content"].as_str() else { return };
    let shown = format!("{} {}: {:#}", request.method, request.path, request.body);
    assert_eq!(data["allowed_mentions"]["parse"], json!([]), "{shown}");
    assert_eq!(data["allowed_mentions"]["replied_user"], json!(false), "{shown}");
    assert!(data["flags"].as_u64().unwrap_or(0) & 4 != 0, "{shown}");
    assert!(content.encode_utf16().count() <= 2_000 && content.chars().count() <= 2_000, "{shown}");
    assert!(!content.trim().is_empty(), "{shown}");
    assert!(data["embeds"].as_array().is_none_or(Vec::is_empty), "{shown}");
}

/// The event that a successful request visibly answers.
fn answered_event(request: &Recorded) -> Option<&str> {
    let done = (200..300).contains(&request.status);
    let callback = request.path.ends_with("/callback");
    let id = if callback {
        request.path.split('/').nth(2)
    } else {
        request.body["message_reference"]["message_id"].as_str()
    };
    id.filter(|_| done && request.method == "POST")
}
