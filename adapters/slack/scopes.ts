// What the app may do in a workspace: the fewest scopes that it works with, each with its reason. The manifest in `deploy/slack` asks for the same.

export const BOT_SCOPES: readonly string[] = [
  // `/nps`, and the message shortcut that asks for feedback.
  'commands',
  // Prompts, alerts and digests, in channels to which the bot was invited; none where it was not.
  'chat:write',
  // A prompt as a direct message, where that is the policy or the conversation cannot be written to.
  'im:write',
  // Answers typed into that direct conversation.
  'im:history',
  // Who wrote in a conversation of a channel, and typed answers there: the events about messages; and who began it, where the bot was not there yet.
  'channels:history',
  // The same in private channels.
  'groups:history',
  // The reaction that says that somebody was helped, and its removal.
  'reactions:read',
  // A customer's name, language and time zone; who is a guest, a bot or deactivated.
  'users:read',
  // Who is team, where the team is a user group.
  'usergroups:read',
  // Who is team, where the team is a channel.
  'channels:read',
  // The same for a private channel.
  'groups:read',
  // The digest's chart, which is uploaded.
  'files:write',
  // Whether Slack has processed that upload: a message may not show it before.
  'files:read',
];
