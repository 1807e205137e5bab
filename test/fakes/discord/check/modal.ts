// A modal: a title and one to five questions, each in a Label (or, as it was before, a text input in a row).
import type { Field } from './form.ts';
import { CustomIds, checkChoices, checkSelect, checkTextInput, Kind, SELECTS } from './selects.ts';

const INNER: readonly number[] = [
  Kind.textInput,
  ...SELECTS,
  Kind.upload,
  Kind.radio,
  Kind.checkboxes,
  Kind.checkbox,
];

function checkLabel(field: Field, ids: CustomIds): void {
  field.object(['type', 'id', 'label', 'description', 'component']);
  field.key('label').string({ min: 1, max: 45 });
  field.key('description').string({ min: 1, max: 100, optional: true });
  const inner = field.key('component');
  if (!inner.object()) return;
  const type = inner.key('type').oneOf(INNER);
  if (type === Kind.textInput) checkTextInput(inner, ids, true);
  else if (type === Kind.radio || type === Kind.checkboxes) checkChoices(inner, ids);
  else if (type !== null && SELECTS.includes(type)) checkSelect(inner, ids, true);
  else ids.check(inner.key('custom_id'));
}

export function checkModal(data: Field): void {
  if (!data.object(['custom_id', 'title', 'components'])) return;
  data.key('custom_id').string({ min: 1, max: 100 });
  data.key('title').string({ min: 1, max: 45 });
  const ids = new CustomIds();
  for (const each of data.key('components').list({ min: 1, max: 5 })) {
    if (!each.object()) continue;
    const type = each.key('type').oneOf([Kind.row, Kind.label, Kind.text]);
    if (type === Kind.label) checkLabel(each, ids);
    else if (type === Kind.text) each.key('content').string({ min: 1, max: 4000 });
    else if (type === Kind.row)
      for (const inner of each.key('components').list({ min: 1, max: 1 }))
        if (inner.key('type').oneOf([Kind.textInput]) !== null) checkTextInput(inner, ids, false);
  }
}
