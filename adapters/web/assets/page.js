// Keeps the page live and sends what is done on it. Everything shown was escaped by the server.
import { dress, show, showInline, takeBack } from './messages.js';

const data = document.body.dataset;
const panes = { customer: document.getElementById('customer'), team: document.getElementById('team') };
const live = document.getElementById('live');
const status = document.getElementById('status');
const heard = document.getElementById('heard');

/** Acts under way: the same one is not begun twice. */
const busy = new Set();

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

/** Said by screen readers where nothing that they follow changes. */
function tell(text) {
  heard.textContent = '';
  if (text) setTimeout(() => (heard.textContent = text), 50);
}

/** The server's answer; null when the act must be done again. */
async function post(path, payload) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ locale: data.locale, ...payload }),
    });
    const answer = await response.json();
    if (response.ok) {
      if (status.textContent === status.dataset.failed) say('');
      return answer;
    }
  } catch {
    // Said below: whatever it was, it can be tried again.
  }
  say(status.dataset.failed);
  return null;
}

async function press(pane, article, action, values) {
  const { id } = article.dataset;
  if (busy.has(id)) return;
  busy.add(id);
  article.setAttribute('aria-busy', 'true');
  const person = pane === panes.customer ? data.person : null;
  const answer = await post('/web/actions', { action, message: id, person, values });
  busy.delete(id);
  article.removeAttribute('aria-busy');
  if (answer?.kind === 'settled') show(pane, answer, true);
  if (answer?.kind === 'inline') showInline(pane, id, answer.html, data.back);
  if (answer?.kind === 'whisper') show(pane, answer, true);
}

for (const pane of Object.values(panes)) {
  for (const article of pane.children) dress(article);
  pane.addEventListener('click', (event) => {
    const article = event.target.closest('.message');
    if (event.target.closest('.back')) takeBack(pane, article);
    const button = event.target.closest('button[data-action]');
    if (button) press(pane, article, button.dataset.action, null);
  });
  pane.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    const values = Object.fromEntries(new FormData(form));
    press(pane, form.closest('.message'), form.dataset.action, values);
  });
  pane.addEventListener('keydown', (event) => {
    const article = event.target.closest('.message');
    // Never with words in it that were not sent.
    const written =
      event.target.matches('textarea, input') && event.target.value !== event.target.defaultValue;
    if (event.key === 'Escape' && article && !written && takeBack(pane, article)) event.preventDefault();
    else if (event.target.closest('.options')) moveAlong(event);
  });
  pane.scrollTop = pane.scrollHeight;
}

/** Arrow keys move along a scale, Home and End to its ends. */
function moveAlong(event) {
  const options = [...event.target.closest('.options').children];
  const at = options.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: -1 };
  if (!(event.key in to)) return;
  event.preventDefault();
  const next = options.at(to[event.key] % options.length);
  for (const option of options) option.tabIndex = option === next ? 0 : -1;
  next.focus();
}

/**
 * Sends a form. The same words sent again, after an answer did not come, go under the same number, so that they are there once; `after` gets the
 * answer.
 */
function sends(form, path, payload, after) {
  let last = { words: '', key: '' };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy.has(form)) return;
    const wish = payload(form.elements);
    if (wish === null) return;
    const words = JSON.stringify(wish);
    if (last.words !== words) last = { words, key: crypto.randomUUID() };
    busy.add(form);
    const answer = await post(path, { ...wish, key: last.key });
    busy.delete(form);
    if (answer === null) return;
    last = { words: '', key: '' };
    after(answer, form.elements);
  });
}

const mine = { conversation: data.conversation, person: data.person };

sends(
  document.getElementById('say'),
  '/web/messages',
  ({ text }) => (text.value.trim() === '' ? null : { ...mine, text: text.value.trim() }),
  (answer, { text }) => {
    text.value = '';
    panes.customer.scrollTop = panes.customer.scrollHeight;
    if (answer.kind === 'whisper') show(panes.customer, answer, true);
    else tell(answer.heard);
  },
);

sends(
  document.getElementById('close'),
  '/web/close',
  ({ atOnce }) => ({ ...mine, atOnce: atOnce.checked }),
  (answer) => answer.kind === 'whisper' && show(panes.team, answer, true),
);

const command = document.getElementById('command');
sends(
  command,
  '/web/commands',
  ({ text }) => ({ text: text.value }),
  (answer, { text }) => {
    text.value = '/nps ';
    if (answer.kind === 'whisper') show(panes.team, answer, true);
  },
);
document.getElementById('try').addEventListener('click', (event) => {
  const line = event.target.closest('[data-command]')?.dataset.command;
  if (!line) return;
  command.elements.text.value = line;
  command.requestSubmit();
});

/** Follows what is new. A stream that broke comes back by itself; one that was refused is opened again, from where it stopped. */
function follow(after) {
  let newest = after;
  const where = { conversation: data.conversation, after, lang: data.locale };
  const stream = new EventSource(`/web/events?${new URLSearchParams(where)}`);
  stream.onmessage = (event) => {
    newest = event.lastEventId;
    const { pane, ...message } = JSON.parse(event.data);
    show(panes[pane], message);
  };
  stream.onopen = () => {
    live.hidden = false;
    if (status.textContent === status.dataset.offline) say('');
  };
  stream.onerror = () => {
    live.hidden = true;
    say(status.dataset.offline);
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => follow(newest), 2000);
  };
}
follow(data.cursor);
