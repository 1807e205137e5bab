// What stands below a message, or is the message: rows of buttons and menus, and the layout components of version 2.
import { type Field, lengthOf } from './form.ts';
import { CustomIds, checkEmoji, checkSelect, Kind, SELECTS } from './selects.ts';

const BUTTON = ['type', 'id', 'custom_id', 'style', 'label', 'emoji', 'url', 'sku_id', 'disabled'];
const LINK = 5;

interface Walk {
  readonly ids: CustomIds;
  readonly files: readonly string[];
  count: number;
  text: number;
}

function checkButton(field: Field, walk: Walk): void {
  field.object(BUTTON);
  const style = field.key('style').oneOf([1, 2, 3, 4, LINK]);
  const label = field.key('label').string({ max: 80, optional: true });
  checkEmoji(field.key('emoji'));
  field.key('disabled').boolean();
  if ((label === null || label === '') && field.key('emoji').absent)
    field.wrong('BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required');
  if (style === LINK) {
    field.key('url').url(['http', 'https', 'discord'], 512);
    if (!field.key('custom_id').absent)
      field.wrong('BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A custom id and url cannot both be specified');
    return;
  }
  if (!field.key('url').absent)
    field.wrong('BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A custom id and url cannot both be specified');
  walk.ids.check(field.key('custom_id'));
}

function checkRow(field: Field, walk: Walk): void {
  field.object(['type', 'id', 'components']);
  const children = field.key('components').list({ min: 1, max: 5 });
  let width = 0;
  for (const child of children) {
    walk.count += 1;
    const type = child.key('type').value;
    if (type === Kind.button) {
      width += 1;
      checkButton(child, walk);
    } else if (SELECTS.includes(type as number)) {
      width += 5;
      checkSelect(child, walk.ids, false);
    } else
      child
        .key('type')
        .wrong('COMPONENT_TYPE_INVALID', 'The specified component type is invalid in this context');
    if (width > 5)
      child.wrong('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
}

function checkMedia(field: Field, walk: Walk): void {
  if (!field.object(['url'])) return;
  const url = field.key('url').url(['http', 'https', 'attachment']);
  if (url?.startsWith('attachment://') && !walk.files.includes(url.slice('attachment://'.length)))
    field.wrong('UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', 'No such attachment.');
}

function checkText(field: Field, walk: Walk): void {
  field.object(['type', 'id', 'content']);
  walk.text += lengthOf(field.key('content').string({ min: 1, max: 4000 }) ?? '');
}

function checkSection(field: Field, walk: Walk): void {
  field.object(['type', 'id', 'components', 'accessory']);
  for (const child of field.key('components').list({ min: 1, max: 3 })) checkLayout(child, walk, [Kind.text]);
  const accessory = field.key('accessory');
  walk.count += 1;
  if (accessory.key('type').oneOf([Kind.button, Kind.thumbnail]) === Kind.button)
    checkButton(accessory, walk);
  else checkMedia(accessory.key('media'), walk);
}

function checkLayout(field: Field, walk: Walk, allowed: readonly number[]): void {
  walk.count += 1;
  if (!field.object()) return;
  field.key('id').integer({ min: 0, optional: true });
  const type = field.key('type').oneOf(allowed);
  if (type === Kind.row) checkRow(field, walk);
  else if (type === Kind.text) checkText(field, walk);
  else if (type === Kind.section) checkSection(field, walk);
  else if (type === Kind.gallery)
    for (const item of field.key('items').list({ min: 1, max: 10 })) {
      item.object(['media', 'description', 'spoiler']);
      item.key('description').string({ min: 1, max: 1024, optional: true });
      checkMedia(item.key('media'), walk);
    }
  else if (type === Kind.file) checkMedia(field.key('file'), walk);
  else if (type === Kind.separator) field.key('spacing').oneOf([1, 2], true);
  else if (type === Kind.container) {
    field.object(['type', 'id', 'accent_color', 'components', 'spoiler']);
    field.key('accent_color').integer({ min: 0, max: 0xffffff, optional: true });
    const inner = LAYOUT.filter((each) => each !== Kind.container);
    for (const child of field.key('components').list({ min: 1, max: 40 })) checkLayout(child, walk, inner);
  }
}

const LAYOUT: readonly number[] = [
  Kind.row,
  Kind.section,
  Kind.text,
  Kind.gallery,
  Kind.file,
  Kind.separator,
  Kind.container,
];

export function checkComponents(field: Field, version2: boolean, files: readonly string[]): void {
  const walk: Walk = { ids: new CustomIds(), files, count: 0, text: 0 };
  const top = field.list({ max: version2 ? 40 : 5, optional: true });
  for (const each of top) checkLayout(each, walk, version2 ? LAYOUT : [Kind.row]);
  if (walk.count > 40) field.wrong('COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'More than 40 components.');
  if (walk.text > 4000)
    field.wrong('COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', 'Displayable text exceeds 4000 characters.');
}
