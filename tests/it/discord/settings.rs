//! `/settings`: who may, what each subcommand says and does, and what `check` finds. The conversation goes through the
//! unmodified client; the store is the real one, in memory.

use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};
use registrar::store::{Mode, ServerSettings};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{Stage, question};

fn moderator(subcommand: &str) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    InteractionDraft::new("settings").subcommand(subcommand).by(world::MODERATOR).at(place)
}

fn set(channel: u64, mode: &str) -> InteractionDraft {
    moderator("channel").option("channel", json!(channel.to_string())).option("mode", json!(mode))
}

fn mention(channel: u64) -> MessageDraft {
    let text = format!("<@{}> {}", world::BOT, question("when"));
    MessageDraft::new(world::SECOND_ASKER, channel, text)
}

async fn stored(stage: &Stage) -> ServerSettings {
    stage.store.settings(world::GUILD).await.expect("settings")
}

/// Places × permissions × with and without a member: who is let in, and what the others read. Nobody but a manager
/// changes anything.
#[tokio::test]
async fn the_whole_truth_table() {
    let here = Place::Guild { channel: world::STAFF };
    let permissions = [
        0,
        permission::MEMBER,
        permission::MANAGE_GUILD,
        1 << 3,
        permission::MODERATOR,
        1 << 4,
        1 << 28,
        !0 >> 14,
    ];
    let stage = Stage::unhurried(|_, _| {}).await;
    for place in [here, Place::Dm, Place::ForeignGuild] {
        for bits in permissions {
            for without_member in [false, true] {
                for subcommand in ["show", "cooldown", "reset", "check"] {
                    let mut draft = InteractionDraft::new("settings").subcommand(subcommand).at(place);
                    if subcommand == "cooldown" {
                        draft = draft.option("seconds", json!(9));
                    }
                    draft.member_permissions = Some(bits);
                    draft.without_member = without_member;
                    let shown = format!("{draft:?}");
                    let response = stage.response(draft).await;
                    let manager = !without_member && bits & (permission::MANAGE_GUILD | 1 << 3) != 0;
                    let expected = match place {
                        Place::Dm => "`/settings` works only in a server",
                        Place::ForeignGuild => "I am no member of this server",
                        Place::Guild { .. } if !manager => {
                            "You need the permission Manage Server for `/settings`"
                        }
                        Place::Guild { .. } => match subcommand {
                            "show" => "**Settings of this server**",
                            "cooldown" => "Between two questions of one person: 9 seconds.",
                            "reset" => "Everything is as it was",
                            _ => "**Check**",
                        },
                    };
                    assert!(response.ephemeral, "{shown}");
                    assert!(response.content.starts_with(expected), "{shown}: {}", response.content);
                    if !(manager && place == here) {
                        assert_eq!(stored(&stage).await, ServerSettings::default(), "{shown}");
                    }
                }
            }
        }
    }
    stage.end().await;
}

/// Uses a subcommand, whose response is private, and gives its text with the ids of the world by name.
async fn said(stage: &Stage, draft: InteractionDraft) -> String {
    let response = stage.response(draft).await;
    assert!(response.ephemeral, "{}", response.content);
    let names = [
        (world::QUESTIONS, "questions"),
        (world::STAFF, "staff"),
        (world::READ_ONLY, "announcements"),
        (world::HIDDEN, "council"),
        (world::FORUM, "ideas"),
        (world::MODERATOR_ROLE, "moderator"),
        (world::ADMINISTRATOR_ROLE, "administrator"),
        (world::OWNER, "owner"),
    ];
    names.iter().fold(response.content, |text, (id, name)| text.replace(&id.to_string(), name))
}

#[tokio::test]
async fn what_is_set_is_shown_and_can_be_reset() {
    let stage = Stage::unhurried(|_, _| {}).await;
    expect_test::expect![[r#"
        **Settings of this server**
        In channels that are not listed I answer whoever mentions me.
        Moderators: members with Manage Server.
        Between two questions of one person there is no pause of this server's own."#]]
    .assert_eq(&said(&stage, moderator("show")).await);
    expect_test::expect!["<#staff> is set to **off**. I say nothing there; commands are answered privately. The same holds for its threads."].assert_eq(&said(&stage, set(world::STAFF, "off")).await);
    expect_test::expect!["<#ideas> is set to **listen**. I answer there whoever mentions me. Listening needs `listen = true` in the configuration of registrar's operator, too. The same holds for its threads."].assert_eq(&said(&stage, set(world::FORUM, "listen")).await);
    expect_test::expect!["<#questions> is set to **mention**. I answer there whoever mentions me. The same holds for its threads."].assert_eq(&said(&stage, set(world::QUESTIONS, "mention")).await);
    let role = moderator("role").option("role", json!(world::MODERATOR_ROLE.to_string()));
    expect_test::expect!["Members of <@&moderator> moderate from now on, beside those with Manage Server."]
        .assert_eq(&said(&stage, role).await);
    let cooldown = moderator("cooldown").option("seconds", json!(30));
    expect_test::expect!["Between two questions of one person: 30 seconds."]
        .assert_eq(&said(&stage, cooldown).await);
    expect_test::expect![[r#"
        **Settings of this server**
        In channels that are not listed I answer whoever mentions me.
        - <#questions>: mention only
        - <#staff>: off
        - <#ideas>: listen, but registrar's operator has not allowed it: so mention only
        Moderators: members with Manage Server, and members of <@&moderator>.
        Between two questions of one person: 30 seconds."#]]
    .assert_eq(&said(&stage, moderator("show")).await);
    assert_eq!(stored(&stage).await.channels.len(), 3);
    expect_test::expect!["From now on only members with Manage Server moderate."]
        .assert_eq(&said(&stage, moderator("role")).await);
    assert_eq!(stored(&stage).await.moderator_role, None);
    let reset = said(&stage, moderator("reset")).await;
    assert!(
        reset.starts_with("Everything is as it was before anybody chose. Until now:\n**Settings"),
        "{reset}"
    );
    assert_eq!(stored(&stage).await, ServerSettings::default());
    stage.end().await;
}

#[tokio::test]
async fn check_names_what_is_missing_and_who_can_give_it() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let lacking = permission::VIEW_CHANNEL | permission::SEND_MESSAGES | permission::READ_MESSAGE_HISTORY;
    stage.discord.set_bot_permissions(world::QUESTIONS, lacking);
    stage.discord.set_bot_permissions(world::FORUM, permission::INVITED & !permission::SEND_MESSAGES);
    for (channel, mode) in [
        (world::QUESTIONS, "mention"),
        (world::READ_ONLY, "listen"),
        (world::HIDDEN, "mention"),
        (world::FORUM, "listen"),
    ] {
        stage.response(set(channel, mode)).await;
    }
    let gone = registrar::store::Change::Channel(424_242, Mode::Listen);
    assert_eq!(stage.store.change(world::GUILD, gone).await, Ok(()));
    expect_test::expect![[r#"
        **Check**
        - Channel 424242: it is no longer there; its setting does no harm.
        - <#questions> (mention only): I lack **Send Messages in Threads**, **Embed Links**.
        - <#announcements> (listen, but registrar's operator has not allowed it: so mention only): I lack **Send Messages**, **Send Messages in Threads**, **Embed Links**.
        - <#council> (mention only): I lack **View Channel**, **Send Messages**, **Send Messages in Threads**, **Read Message History**, **Embed Links**.
        - <#staff> (mention only): I have all that I need.
        - <#ideas> (listen, but registrar's operator has not allowed it: so mention only): I have all that I need.
        Who can give it: the owner (<@owner>) or a member of <@&administrator>. In the channel: Edit Channel › Permissions › add me › allow it."#]].assert_eq(&said(&stage, moderator("check")).await);
    stage.end().await;
}

#[tokio::test]
async fn a_channel_that_is_off_hears_nothing_and_answers_commands_privately() {
    let stage = Stage::unhurried(|_, _| {}).await;
    stage.response(set(world::QUESTIONS, "off")).await;
    stage.response(set(world::FORUM, "off")).await;
    for channel in [world::QUESTIONS, world::THREAD, world::POST] {
        stage.discord.say(mention(channel));
    }
    stage.assert_silent().await;
    for channel in [world::QUESTIONS, world::THREAD, world::POST] {
        let response =
            stage.response(InteractionDraft::ask(&question("when")).at(Place::Guild { channel })).await;
        assert!(response.ephemeral && response.content.contains(QUOTE), "{channel}");
    }
    // Elsewhere nothing has changed, and what is set again holds at once, below it too.
    stage.reply(mention(world::STAFF)).await;
    let response = stage.response(InteractionDraft::ask(&question("when")).at(moderator("show").place)).await;
    assert!(!response.ephemeral);
    stage.response(set(world::FORUM, "mention")).await;
    stage.reply(mention(world::POST)).await;
    stage.end().await;
}

#[tokio::test]
async fn settings_outlive_the_bot() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    stage.response(set(world::QUESTIONS, "off")).await;
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    stage.discord.say(mention(world::QUESTIONS));
    stage.discord.say(mention(world::THREAD));
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn everybodys_role_and_a_thread_are_refused() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let role = moderator("role").option("role", json!(world::GUILD.to_string()));
    assert!(said(&stage, role).await.starts_with("That role is everybody's"));
    assert_eq!(stored(&stage).await, ServerSettings::default());
    // Discord does not offer these, and the sandbox refuses to.
    for draft in [set(world::THREAD, "off"), set(world::STAFF, "loud"), set(1, "off")] {
        stage.discord.slash(draft);
    }
    let violations = stage.discord.violations();
    assert_eq!(violations.len(), 3, "{violations:#?}");
    stage.discord.clear_violations();
    stage.end().await;
}
