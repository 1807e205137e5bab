// Emoji and emoticons, which say the same in every language.

const GOOD =
  '👍 😀 😃 😄 😁 😊 🙂 😍 🥰 😘 🤩 😻 ❤ 💖 💕 💯 🎉 🙏 👏 🙌 💪 👌 ✨ ⭐ 🌟 🏆 🥇 😎 🤗 🌹 ✅ ☺ 🔥 :) :-) :d ;) <3 ^_^'.split(
    ' ',
  );
const BAD =
  '👎 😡 😠 🤬 😞 😢 😭 😒 🙄 💩 😤 😩 😫 ☹ 🙁 😕 🤮 🤢 😖 😣 😔 😟 💔 🖕 🤦 😑 ❌ :( :-( :/ >:( -_-'.split(
    ' ',
  );
const FLAT = '😐 🤷 😶 🤔'.split(' ');

const weights: ReadonlyMap<string, number> = new Map([
  ...GOOD.map((one) => [one, 2] as const),
  ...BAD.map((one) => [one, -2] as const),
  ...FLAT.map((one) => [one, 0] as const),
]);

const escaped = [...weights.keys()]
  .sort((a, b) => b.length - a.length)
  .map((one) => one.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'));
/** Emoticons of letters and marks only where no word goes on. */
const ANY = new RegExp(
  `(?<![\\p{L}\\p{N}:/])(?:${escaped.join('|')})(?![\\p{L}/])|${escaped.filter((one) => /\p{Extended_Pictographic}/u.test(one)).join('|')}`,
  'gu',
);

/** The weights of the emoji in a readable text, in their order. */
export function emojiWeights(text: string): readonly number[] {
  return Array.from(text.matchAll(ANY), ([one]) => weights.get(one) ?? 0);
}

/** The text without emoji and emoticons, known or not. */
export function withoutEmoji(text: string): string {
  return text.replace(ANY, ' ').replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200D]/gu, ' ');
}
