// How a method refuses: `ok: false` with a code, and for malformed content the places that are wrong.
import type { Json } from './types.ts';

/** Refusals that say the app itself is wrong, not the world: tests assert that there are none. */
const MALFORMED = new Set([
  'unknown_method',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
  'invalid_json',
  'invalid_form_data',
  'json_not_accepted',
  'token_in_url',
  'no_text',
  'msg_too_long',
  'msg_blocks_too_long',
  'markdown_text_conflict',
  'view_too_large',
  'push_limit_reached',
  'duplicate_external_id',
  'invalid_name',
  'not_allowed_token_type',
  'invalid_response_action',
  'invalid_ack_body',
  'invalid_payload',
  'upload_length_mismatch',
  'missing_charset',
]);

export class SlackError extends Error {
  readonly error: string;
  readonly extra: Json;
  constructor(error: string, extra: Json = {}) {
    super(error);
    this.name = 'SlackError';
    this.error = error;
    this.extra = extra;
  }

  get malformed(): boolean {
    return MALFORMED.has(this.error);
  }

  get messages(): string[] {
    const metadata = this.extra['response_metadata'];
    if (typeof metadata !== 'object' || metadata === null) return [];
    const messages = (metadata as Json)['messages'];
    return Array.isArray(messages) ? messages.map(String) : [];
  }

  get body(): Json {
    return { ok: false, error: this.error, ...this.extra };
  }
}

/** Arguments or content that do not hold, with the places in Slack's own words. */
export function malformed(error: string, messages: readonly string[]): SlackError {
  return new SlackError(error, { response_metadata: { messages } });
}
