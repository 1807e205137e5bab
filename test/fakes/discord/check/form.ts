// Reading a body field by field, and collecting what is wrong with it in Discord's nested errors.
import { DiscordError } from '../errors.ts';
import { isSnowflake } from '../ids.ts';
import type { Json } from '../types.ts';

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Discord counts code points. */
export const lengthOf = (text: string): number => [...text].length;

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

export class Form {
  readonly #errors: Json = {};
  #wrong = false;
  /** Fields that the specification does not have: Discord ignores them, the fake remembers. */
  readonly strays: string[] = [];

  wrong(path: readonly (string | number)[], code: string, message: string): void {
    this.#wrong = true;
    let at = this.#errors;
    for (const step of path) {
      at[step] ??= {};
      at = at[step] as Json;
    }
    at['_errors'] ??= [];
    (at['_errors'] as Json[]).push({ code, message });
  }

  get isWrong(): boolean {
    return this.#wrong;
  }

  refuse(): void {
    if (this.#wrong) throw new DiscordError(400, 50035, 'Invalid Form Body', this.#errors);
  }
}

interface Length {
  readonly min?: number;
  readonly max?: number;
  readonly optional?: boolean;
}

/** A place in a body. Every reader returns null for what is absent or wrong. */
export class Field {
  readonly #form: Form;
  readonly #path: readonly (string | number)[];
  readonly value: unknown;

  constructor(form: Form, value: unknown, path: readonly (string | number)[] = []) {
    this.#form = form;
    this.#path = path;
    this.value = value;
  }

  get form(): Form {
    return this.#form;
  }

  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  key(name: string): Field {
    return new Field(this.#form, isObject(this.value) ? this.value[name] : undefined, [...this.#path, name]);
  }

  wrong(code: string, message: string): null {
    this.#form.wrong(this.#path, code, message);
    return null;
  }

  required(): null {
    return this.wrong('BASE_TYPE_REQUIRED', 'This field is required');
  }

  string({
    min,
    max,
    optional = false,
    pattern,
  }: Length & { readonly pattern?: RegExp } = {}): string | null {
    if (this.absent) return optional ? null : this.required();
    if (typeof this.value !== 'string')
      return this.wrong('STRING_TYPE_CONVERT', `Could not interpret "${String(this.value)}" as string.`);
    if (LONE.test(this.value))
      return this.wrong('STRING_TYPE_ENCODING', 'The string is not valid unicode: half of a surrogate pair.');
    if (!optional && this.value === '' && (min ?? 1) > 0) return this.required();
    if (!this.#within(lengthOf(this.value), min, max)) return null;
    if (pattern && !pattern.test(this.value))
      return this.wrong('STRING_TYPE_REGEX', 'String value did not match validation regex.');
    return this.value;
  }

  integer({ min, max, optional = false }: Length = {}): number | null {
    if (this.absent) return optional ? null : this.required();
    if (typeof this.value !== 'number' || !Number.isInteger(this.value))
      return this.wrong('NUMBER_TYPE_COERCE', `Value "${String(this.value)}" is not int.`);
    return this.#between(this.value, min, max);
  }

  number({ min, max, optional = false }: Length = {}): number | null {
    if (this.absent) return optional ? null : this.required();
    if (typeof this.value !== 'number')
      return this.wrong('NUMBER_TYPE_COERCE', `Value "${String(this.value)}" is not float.`);
    return this.#between(this.value, min, max);
  }

  boolean(): boolean | null {
    if (this.absent || typeof this.value === 'boolean') return (this.value as boolean | undefined) ?? null;
    return this.wrong('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  }

  snowflake(optional = false): string | null {
    if (this.absent) return optional ? null : this.required();
    if (
      (typeof this.value !== 'string' && typeof this.value !== 'number') ||
      !isSnowflake(String(this.value))
    )
      return this.wrong('NUMBER_TYPE_COERCE', `Value "${String(this.value)}" is not snowflake.`);
    // Discord takes numbers too; the specification has strings, which alone keep every digit.
    if (typeof this.value === 'number') this.#form.strays.push(`${this.#path.join('.')} is a number`);
    return String(this.value);
  }

  oneOf<T>(values: readonly T[], optional = false): T | null {
    if (this.absent) return optional ? null : this.required();
    if (!values.includes(this.value as T))
      return this.wrong('BASE_TYPE_CHOICES', `Value must be one of {${values.join(', ')}}.`);
    return this.value as T;
  }

  /** An object; with `known`, whatever else it has is noted as a stray. */
  object(known: readonly string[] | null = null, optional = false): boolean {
    if (this.absent) {
      if (!optional) this.required();
      return false;
    }
    if (!isObject(this.value)) {
      this.wrong('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
      return false;
    }
    for (const name of Object.keys(this.value))
      if (known && !known.includes(name)) this.#form.strays.push([...this.#path, name].join('.'));
    return true;
  }

  list({ min, max, optional = false }: Length = {}): Field[] {
    if (this.absent) {
      if (!optional) this.required();
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.wrong('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return [];
    }
    this.#within(this.value.length, min, max);
    return this.value.map((each, place) => new Field(this.#form, each, [...this.#path, place]));
  }

  url(schemes: readonly string[], max = 2048, optional = false): string | null {
    const text = this.string({ max, optional });
    if (text === null || text === '') return null;
    if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol.slice(0, -1)))
      return this.wrong('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    return text;
  }

  #between(value: number, min?: number, max?: number): number | null {
    if (max !== undefined && value > max)
      return this.wrong('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
    if (min !== undefined && value < min)
      return this.wrong('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    return value;
  }

  #within(length: number, min?: number, max?: number): boolean {
    const low = min !== undefined && length < min;
    const high = max !== undefined && length > max;
    if (!low && !high) return true;
    if (min && max !== undefined)
      this.wrong('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    else if (high) this.wrong('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    else this.wrong('BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
    return false;
  }
}
