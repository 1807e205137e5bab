// The messages of a pane: they come, they change, and what somebody is doing within one is not taken from under their hands.

/** A message that is being answered in place keeps its form or its scale; what it says meanwhile waits here. */
const drafts = new WeakMap();

const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' });

function parse(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return dress(template.content.firstElementChild);
}

/** Times in the reader's zone, and one stop for the Tab key in each scale. */
export function dress(element) {
  for (const time of element.querySelectorAll('time'))
    time.textContent = clock.format(new Date(time.dateTime));
  for (const options of element.querySelectorAll('.options')) {
    const buttons = [...options.children];
    const first = options.querySelector('[aria-pressed="true"]') ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === first ? 0 : -1;
  }
  return element;
}

function find(pane, id) {
  return pane.querySelector(`[data-id="${CSS.escape(id)}"]`);
}

/**
 * A message of the stream, or the answer to an own act (`own`), which takes the place of what was being done and gets the focus if the old one
 * had it. What is older than what is shown is not shown.
 */
export function show(pane, message, own = false) {
  const old = find(pane, message.id);
  const change = Number(old?.dataset.change ?? -1);
  if (old && (message.change < change || (message.change === change && !own))) return;
  if (old && !own && drafts.has(old)) {
    drafts.get(old).later = message;
    return;
  }
  const fresh = parse(message.html);
  if (!old) {
    const atEnd = isAtEnd(pane);
    pane.append(fresh);
    if (atEnd || own) reveal(pane, fresh);
    return;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const atEnd = isAtEnd(pane);
  old.replaceWith(fresh);
  if (atEnd) reveal(pane, fresh);
  if (focused || own) focusWithin(fresh, focused, own);
}

/** Whoever acted hears the message from its beginning; whoever merely stood in it stands where they stood. */
function focusWithin(article, focused, own) {
  const { action } = focused?.dataset ?? {};
  const same = action && !own && article.querySelector(`[data-action="${CSS.escape(action)}"]`);
  (same || article).focus({ preventScroll: true });
  article.scrollIntoView({ block: 'nearest' });
}

/** A form or a scale below what the message says, for this page alone, in the place of its buttons and with a way back to them. */
export function showInline(pane, id, html, back) {
  const article = find(pane, id);
  const view = article?.querySelector('.view');
  if (!view) return;
  const draft = drafts.get(article) ?? { later: null };
  drafts.set(article, draft);
  view.querySelector('.inline')?.remove();
  const inline = parse(html);
  inline.className = 'inline';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'back';
  button.textContent = back;
  (inline.querySelector('form') ?? inline).append(button);
  view.append(inline);
  const target = inline.querySelector('textarea, input, .options > [tabindex="0"]');
  target?.focus({ preventScroll: true });
  if (target?.matches('textarea')) target.setSelectionRange(target.value.length, target.value.length);
  article.scrollIntoView({ block: 'nearest' });
}

/** The message as it was, or as it is by now; true when there was something to take back. */
export function takeBack(pane, article) {
  const draft = drafts.get(article);
  if (!draft) return false;
  drafts.delete(article);
  article.querySelector('.inline').remove();
  if (draft.later) show(pane, draft.later);
  const now = find(pane, article.dataset.id) ?? article;
  (now.querySelector('.buttons > button') ?? now).focus();
  return true;
}

function isAtEnd(pane) {
  return pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;
}

/** To the end; of what is taller than the pane, the beginning. */
function reveal(pane, article) {
  const tall = article.offsetHeight > pane.clientHeight;
  pane.scrollTop = tall ? article.offsetTop - 12 : pane.scrollHeight;
}
