// The methods that the fake knows; calling any other one is a violation.
import { auth } from './auth.ts';
import { chatChange } from './chat-change.ts';
import { chatPost } from './chat-post.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { Method } from './method.ts';
import { oauth } from './oauth.ts';
import { people } from './people.ts';
import { views } from './views.ts';

export const METHODS: ReadonlyMap<string, Method> = new Map(
  [...auth, ...chatPost, ...chatChange, ...conversations, ...people, ...views, ...files, ...oauth].map(
    (each) => [each.name, each],
  ),
);
