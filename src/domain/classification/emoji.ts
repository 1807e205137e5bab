// Emoji and emoticons, which say the same in every language.

const GOOD = `👍 😀 😃 😄 😁 😊 🙂 😍 🥰 😘 🤩 😻 ❤ ♥ 💖 💕 💗 💙 💚 💛 💜 🧡 💓 💞 💝 💘 💯 🎉 🎊 🙏 👏 🙌 💪 👌 ✨ 🌟 🏆 🥇 😎 🤗 🌹 💐 ✅ ✔ ☺ 😇 😋 🔥 🥹 🫡 🥳 😉 😸 😺
  🤝 🫶 🥂 🍻 🌈 🌞 🤤 😌 ☀ ✌ 🤟 🤘 👑 🚀 💃 🕺 😂 🤣 😅 😆`;
const BAD = `👎 🫤 😡 😠 🤬 😞 😢 😭 😒 🙄 💩 😤 😩 😫 ☹ 🙁 😕 🤮 🤢 😖 😣 😔 😟 💔 🖕 🤦 😑 ❌ 😓 😥 😦 😧 😨 😰 😱 😿 🙍 🙎 👿 💀 🗑 ⚠ 🤡 🤥 😪 🥺 🥱 😾 🚫 🐌 🤯`;
/** Laughter goes with either; so does a star, of which there may be one or five. */
const FLAT = '⭐ 😂 🤣 😅 😆 😐 🤷 😶 🤔 😭';

const split = (list: string) => list.trim().split(/\s+/u);

/** Emoji of one code point with their weight: praise 1, complaint -1, neither 0. */
export const EMOJI: ReadonlyMap<string, number> = new Map([
  ...split(GOOD).map((one) => [one, 1] as const),
  ...split(BAD).map((one) => [one, -1] as const),
  ...split(FLAT).map((one) => [one, 0] as const),
]);

/** Emoticons as they are read: after a space, before no letter. The longest of those that begin alike comes first. */
export const EMOTICONS: readonly (readonly [written: string, emoji: string])[] = [
  ...[':-)', ':)', ';-)', ';)', '=)', ':-d', ':d', '^_^', '^-^', '^^', ':]', 'xd'].map(
    (one) => [one, '🙂'] as const,
  ),
  ...[':-(', ':(', ':-/', ':/', '>:(', '-_-', 't_t', ';_;', '>_<', ":'(", '=(', ':-\\', ':['].map(
    (one) => [one, '🙁'] as const,
  ),
  ...[':-|', ':|'].map((one) => [one, '😐'] as const),
  ['<3', '❤'],
];
