// Application commands: names, texts in many languages, options, who may use them and where.
import { type Field, isObject, lengthOf } from './form.ts';

export const LOCALES = [
  'id',
  'da',
  'de',
  'en-GB',
  'en-US',
  'es-ES',
  'es-419',
  'fr',
  'hr',
  'it',
  'lt',
  'hu',
  'nl',
  'no',
  'pl',
  'pt-BR',
  'ro',
  'fi',
  'sv-SE',
  'vi',
  'tr',
  'cs',
  'el',
  'bg',
  'ru',
  'uk',
  'hi',
  'th',
  'zh-CN',
  'ja',
  'zh-TW',
  'ko',
  'ar',
  'he',
];
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const FIELDS = [
  'id',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'type',
  'nsfw',
  'default_member_permissions',
  'dm_permission',
  'default_permission',
  'contexts',
  'integration_types',
  'handler',
];
const OPTION = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'required',
  'choices',
  'options',
  'channel_types',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'autocomplete',
];
const GROUP = 2;
const BIGGEST = 8000;

function checkName(field: Field, slash: boolean): void {
  const name = field.string({ min: 1, max: 32 });
  if (name === null || !slash) return;
  if (!NAME.test(name) || name !== name.toLowerCase())
    field.wrong('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function checkLocalized(field: Field, check: (each: Field) => void): void {
  if (!field.object(null, true) || !isObject(field.value)) return;
  for (const locale of Object.keys(field.value)) {
    if (!LOCALES.includes(locale))
      field.key(locale).wrong('DICT_TYPE_KEY_CHOICES', 'Not a locale of Discord.');
    check(field.key(locale));
  }
}

function checkChoices(option: Field, type: number): void {
  const choices = option.key('choices').list({ max: 25, optional: true });
  if (choices.length > 0 && option.key('autocomplete').value === true)
    option
      .key('autocomplete')
      .wrong('APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES', 'Not together with choices.');
  const names = new Set<unknown>();
  for (const each of choices) {
    each.object(['name', 'name_localizations', 'value']);
    const name = each.key('name').string({ min: 1, max: 100 });
    checkLocalized(each.key('name_localizations'), (one) => one.string({ min: 1, max: 100 }));
    if (type === 3) each.key('value').string({ min: 0, max: 100 });
    else each.key('value').number();
    if (names.has(name))
      each
        .key('name')
        .wrong(
          'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
          'Option choice names must be unique',
        );
    names.add(name);
  }
}

function checkOptions(field: Field, depth: number): void {
  const names = new Set<string>();
  let optionalSeen = false;
  const kinds = new Set<boolean>();
  for (const option of field.list({ max: 25, optional: true })) {
    if (!option.object(OPTION)) continue;
    const type = option.key('type').oneOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    checkName(option.key('name'), true);
    checkLocalized(option.key('name_localizations'), (each) => checkName(each, true));
    option.key('description').string({ min: 1, max: 100 });
    checkLocalized(option.key('description_localizations'), (each) => each.string({ min: 1, max: 100 }));
    const name = String(option.key('name').value);
    if (names.has(name))
      option
        .key('name')
        .wrong('APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option names must be unique');
    names.add(name);
    if (type === null) continue;
    kinds.add(type <= GROUP);
    if (type <= GROUP) {
      if (depth >= 2 || (depth === 1 && type === GROUP))
        option
          .key('type')
          .wrong('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-command option type is invalid here');
      checkOptions(option.key('options'), type === GROUP ? 1 : 2);
      continue;
    }
    const required = option.key('required').boolean() === true;
    if (required && optionalSeen)
      option.wrong(
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    optionalSeen ||= !required;
    option.key('autocomplete').boolean();
    checkChoices(option, type);
    option.key('min_length').integer({ min: 0, max: 6000, optional: true });
    option.key('max_length').integer({ min: 1, max: 6000, optional: true });
  }
  if (kinds.size > 1)
    field.wrong(
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
}

/** Name, description and values of a command and everything in it: 8,000 characters, in the longest of its languages. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + sizeOf(each), 0);
  if (!isObject(value)) return 0;
  const longest = (name: string): number =>
    Math.max(
      ...[value[name], ...Object.values((value[`${name}_localizations`] as object | null) ?? {})].map(
        (each) => lengthOf(String(each ?? '')),
      ),
    );
  const own = typeof value['value'] === 'string' ? lengthOf(value['value']) : 0;
  return longest('name') + longest('description') + own + sizeOf(value['options']) + sizeOf(value['choices']);
}

export function checkCommand(body: Field, partial = false): void {
  if (!body.object(FIELDS)) return;
  const type = body.key('type').oneOf([1, 2, 3], true) ?? 1;
  const slash = type === 1;
  if (!partial || !body.key('name').absent) checkName(body.key('name'), slash);
  checkLocalized(body.key('name_localizations'), (each) => checkName(each, slash));
  const description = body.key('description');
  if (slash && (!partial || !description.absent)) description.string({ min: 1, max: 100 });
  if (!slash && !description.absent && description.value !== '')
    description.wrong(
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
      'Context menu commands cannot have description',
    );
  checkLocalized(body.key('description_localizations'), (each) => each.string({ min: 1, max: 100 }));
  if (!slash && body.key('options').list({ optional: true }).length > 0)
    body
      .key('options')
      .wrong('APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID', 'Context menu commands cannot have options');
  if (slash) checkOptions(body.key('options'), 0);
  const permissions = body.key('default_member_permissions');
  if (!permissions.absent && !/^\d{1,17}$/.test(String(permissions.value)))
    permissions.wrong(
      'NUMBER_TYPE_COERCE',
      `Value "${String(permissions.value)}" is not a set of permissions.`,
    );
  for (const each of body.key('contexts').list({ min: 1, optional: true })) each.oneOf([0, 1, 2]);
  for (const each of body.key('integration_types').list({ min: 1, optional: true })) each.oneOf([0, 1]);
  if (sizeOf(body.value) > BIGGEST)
    body.wrong('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${BIGGEST})`);
}
