// The page itself: one document, with no script or style within it, and the messages in it.
import type { MailAuthor, MailMessage } from '../../src/ports/mailbox.ts';
import type { View } from '../../src/views/view.ts';
import { PAGE_LANGUAGES, type PageTexts } from './page-texts.ts';
import { escapeHtml } from './render.ts';
import { pageTexts } from './texts.ts';

export interface PageState {
  readonly conversation: string;
  readonly person: string;
  readonly cursor: number;
  /** The messages of both panes, rendered. */
  readonly customer: string;
  readonly team: string;
}

export function renderPage(t: PageTexts, state: PageState): string {
  const e = escapeHtml;
  const { conversation, person, cursor } = state;
  return `<!doctype html>
<html lang="${t.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${e(t.title)}</title>
<link rel="icon" href="/web/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/web/assets/page.css">
<link rel="stylesheet" href="/web/assets/messages.css">
<script type="module" src="/web/assets/page.js"></script>
</head>
<body data-conversation="${e(conversation)}" data-person="${e(person)}" data-locale="${t.lang}" data-cursor="${cursor}" data-back="${e(t.back)}">
<header>
<h1>${e(t.title)}</h1>
<p class="lead">${e(t.lead)}</p>
<p id="live" class="live" hidden>${e(t.online)}</p>
<details class="languages"><summary aria-label="${e(`${t.language}: ${t.name}`)}">${e(t.name)}</summary><ul>${otherLanguages(t, state)}</ul></details>
</header>
<p id="status" role="status" data-offline="${e(t.offline)}" data-failed="${e(t.failed)}"></p>
<p id="heard" class="hidden" role="status"></p>
<main>
<section aria-labelledby="customer-title" class="pane">
<div class="pane-head"><h2 id="customer-title">${e(t.customerPane)}</h2><bdi class="who">${e(person)}</bdi>
<a class="button quiet" href="/?lang=${t.lang}&amp;new">${e(t.newConversation)}</a>
<p class="hint" id="customer-hint">${e(t.customerHint)}</p></div>
<div class="messages" id="customer" role="log" aria-labelledby="customer-title" tabindex="0">${state.customer}</div>
<div class="foot"><form id="say" class="line"><label class="hidden" for="say-text">${e(t.messageLabel)}</label>
<input id="say-text" name="text" autocomplete="off" maxlength="4000" placeholder="${e(t.messageLabel)}" aria-describedby="customer-hint" dir="auto" required>
<button type="submit">${e(t.send)}</button></form>
<form id="close" class="line"><label class="check"><input type="checkbox" name="atOnce" checked> <span>${e(t.atOnce)}</span></label>
<button type="submit" class="primary">${e(t.solved)}</button></form></div>
</section>
<section aria-labelledby="team-title" class="pane">
<div class="pane-head"><h2 id="team-title">${e(t.teamPane)}</h2>
<p class="hint" id="team-hint">${e(t.teamHint)}</p></div>
<div class="messages" id="team" role="log" aria-labelledby="team-title" data-empty="${e(t.teamEmpty)}" tabindex="0">${state.team}</div>
<div class="foot"><div id="try" class="try" role="group" aria-label="${e(t.tryThese)}">${t.commands.map((line) => tryButton(line.replace('{person}', () => person))).join('')}</div>
<form id="command" class="line"><label class="hidden" for="command-text">${e(t.commandLabel)}</label>
<input id="command-text" name="text" autocomplete="off" maxlength="2000" value="/nps " aria-describedby="team-hint" dir="auto" required>
<button type="submit">${e(t.run)}</button></form></div>
</section>
</main>
</body>
</html>
`;
}

/** The same conversation, in each of the other languages. */
function otherLanguages(t: PageTexts, { conversation, person }: PageState): string {
  return PAGE_LANGUAGES.filter((lang) => lang !== t.lang)
    .map((lang) => {
      const same = new URLSearchParams({ lang, c: conversation, who: person });
      const { name } = pageTexts(lang, null);
      return `<li><a href="/?${escapeHtml(same.toString())}" hreflang="${lang}" lang="${lang}">${escapeHtml(name)}</a></li>`;
    })
    .join('');
}

function tryButton(command: string): string {
  return `<button type="button" data-command="${escapeHtml(command)}"><bdi>${escapeHtml(command)}</bdi></button>`;
}

/** One message. The page replaces the one with the same `data-id` when a later `data-change` comes. */
export function renderMessage(t: PageTexts, message: MailMessage, inside: string): string {
  const { author, body } = message;
  const note = author.kind === 'team' && body.kind === 'view' ? ' note' : '';
  return article({
    type: `${author.kind}${note}`,
    initial: author.kind === 'team' ? t.initial : null,
    id: message.id,
    change: message.change,
    label: body.kind === 'view' ? `${nameOf(t, author)}: ${body.view.summary}` : null,
    meta: meta(nameOf(t, author), message.createdAt),
    inside,
  });
}

/** An answer that only this page sees; `asked` is what was typed for it. */
export function renderWhisper(
  t: PageTexts,
  whisper: { readonly id: string; readonly at: number; readonly view: View; readonly asked: string | null },
  inside: string,
): string {
  const asked =
    whisper.asked === null ? '' : `<bdi class="asked">${escapeHtml(whisper.asked.slice(0, 200))}</bdi>`;
  return article({
    type: 'bot whisper',
    initial: null,
    id: whisper.id,
    change: 0,
    label: `${t.bot}: ${whisper.view.summary}`,
    meta: `${meta(t.bot, whisper.at)}<span class="only">${escapeHtml(t.onlyYou)}</span>${asked}`,
    inside,
  });
}

function article(parts: {
  readonly type: string;
  readonly initial: string | null;
  readonly id: string;
  readonly change: number;
  readonly label: string | null;
  readonly meta: string;
  readonly inside: string;
}): string {
  const label = parts.label === null ? '' : ` aria-label="${escapeHtml(parts.label)}"`;
  const initial = parts.initial === null ? '' : ` data-initial="${escapeHtml(parts.initial)}"`;
  return (
    `<article class="message ${parts.type}" data-id="${escapeHtml(parts.id)}" data-change="${parts.change}" tabindex="-1"${initial}${label}>` +
    `<p class="meta">${parts.meta}</p>${parts.inside}</article>`
  );
}

function meta(who: string, at: number): string {
  const time = new Date(at).toISOString();
  return `<span class="who">${escapeHtml(who)}</span> <time datetime="${time}">${time.slice(11, 16)}</time>`;
}

function nameOf(t: PageTexts, author: MailAuthor): string {
  return { bot: t.bot, customer: t.you, team: t.support }[author.kind];
}
