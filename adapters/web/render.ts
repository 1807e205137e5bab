// View → HTML. Everything that anybody wrote is escaped; nothing in a View can become markup, a script or a live address of its own.
import { encodeAction } from '../../src/domain/command/action.ts';
import type { ChartRenderer } from '../../src/ports/chart.ts';
import type { Block, Button, Inline, Input, RichText, View } from '../../src/views/view.ts';

/** Text as text, wherever it stands; NUL, which no page may hold, is left out. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('\0', '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The inside of a message: one element after another, no ids, so that many of them live in one page. */
export function renderView(view: View, charts: ChartRenderer): string {
  return `<div class="view" lang="${escapeHtml(view.locale)}">${view.blocks.map((block) => renderBlock(block, charts)).join('')}</div>`;
}

/** Typed words keep their line breaks, each in its own direction. */
export function renderWords(text: string): string {
  return `<p class="words" dir="auto">${escapeHtml(text)}</p>`;
}

function renderBlock(block: Block, charts: ChartRenderer): string {
  switch (block.kind) {
    case 'heading':
      return `<h3 dir="auto">${escapeHtml(block.text)}</h3>`;
    case 'text':
      return `<p class="tone-${block.tone}" dir="auto">${renderRich(block.text)}</p>`;
    case 'quote':
      return `<blockquote dir="auto"><p>${escapeHtml(block.text)}</p>${block.by === null ? '' : `<footer>${escapeHtml(block.by)}</footer>`}</blockquote>`;
    case 'fields':
      return `<dl>${block.fields.map((f) => `<div><dt>${escapeHtml(f.label)}</dt><dd dir="auto">${escapeHtml(f.value)}</dd></div>`).join('')}</dl>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li dir="auto">${renderRich(item)}</li>`).join('')}</ul>`;
    case 'scale':
      return renderScale(block);
    case 'buttons':
      return `<div class="buttons">${block.buttons.map(renderButton).join('')}</div>`;
    case 'inputs':
      return renderForm(block);
    case 'image':
      return renderChart(block, charts);
    case 'divider':
      return '<hr>';
  }
}

function renderRich(text: RichText): string {
  return text.map(renderInline).join('');
}

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return escapeHtml(inline);
  switch (inline.kind) {
    case 'strong':
      return `<strong>${escapeHtml(inline.text)}</strong>`;
    case 'person':
      return `<bdi class="person">${escapeHtml(inline.name)}</bdi>`;
    case 'channel':
      return `<bdi>${escapeHtml(inline.name)}</bdi>`;
    case 'link':
      return /^https?:\/\//.test(inline.url)
        ? `<a href="${escapeHtml(inline.url)}" rel="noreferrer">${escapeHtml(inline.text)}</a>`
        : escapeHtml(inline.text);
  }
}

function renderScale(block: Extract<Block, { kind: 'scale' }>): string {
  const options = block.options.map(
    (o) =>
      `<button type="button" data-action="${escapeHtml(encodeAction(o.action))}" aria-label="${escapeHtml(o.alt)}" aria-pressed="${o.selected}">${o.score}</button>`,
  );
  // From low to high is from left to right in every script, so that nobody reads the scale the wrong way round.
  return (
    `<div class="scale of-${options.length}" role="group" aria-label="${escapeHtml(block.label)}" dir="ltr"><div class="options">${options.join('')}</div>` +
    `<div class="ends" aria-hidden="true"><span dir="auto">${escapeHtml(block.low)}</span><span dir="auto">${escapeHtml(block.high)}</span></div></div>`
  );
}

function renderButton(button: Button): string {
  return `<button type="button" class="${button.style}" data-action="${escapeHtml(encodeAction(button.action))}">${escapeHtml(button.label)}</button>`;
}

function renderForm(block: Extract<Block, { kind: 'inputs' }>): string {
  const inputs = block.inputs.map((input) => {
    const field = renderInput(input);
    return `<label><span>${escapeHtml(input.label)}</span>${field}</label>`;
  });
  return (
    `<form data-action="${escapeHtml(encodeAction(block.action))}" aria-label="${escapeHtml(block.title)}">${inputs.join('')}` +
    `<button type="submit" class="primary">${escapeHtml(block.submit)}</button></form>`
  );
}

/** The page has no list of channels or groups: there a line of text takes the name. */
function renderInput(input: Input): string {
  const value = escapeHtml(input.value);
  const rules = `${input.optional ? '' : ' required'} dir="auto"`;
  if (input.kind === 'pick' && typeof input.of !== 'string') {
    const options = input.of.map(
      (one) =>
        `<option value="${escapeHtml(one.value)}"${one.value === input.value ? ' selected' : ''}>${escapeHtml(one.label)}</option>`,
    );
    const none = input.optional ? '<option value=""></option>' : '';
    return `<select name="${escapeHtml(input.name)}"${rules}>${none}${options.join('')}</select>`;
  }
  const attributes = `name="${escapeHtml(input.name)}" maxlength="${input.kind === 'text' ? input.maxLength : 255}"${rules}`;
  return input.kind === 'text' && input.multiline
    ? `<textarea rows="3" ${attributes}>\n${value}</textarea>`
    : `<input type="text" value="${value}" ${attributes}>`;
}

/** Both themes and both widths are in the page; its style sheet shows the one that fits. */
function renderChart(block: Extract<Block, { kind: 'image' }>, charts: ChartRenderer): string {
  const looks = (['light', 'dark'] as const).flatMap((theme) =>
    (['wide', 'narrow'] as const).map((form) => ({ theme, form })),
  );
  return `<figure class="chart">${looks.map((look) => `<div class="chart-${look.theme} chart-${look.form}">${charts.svg(block.chart, look)}</div>`).join('')}</figure>`;
}
