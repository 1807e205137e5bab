// Writes what became of prompts: one statement for all of one status, whose states tell the same columns.
import type { Prompt, PromptStatus } from '../../../src/domain/prompt/prompt.ts';
import { columnsOf } from './prompt-row.ts';
import type { Sql } from './session.ts';

export async function savePrompts(sql: Sql, prompts: readonly Prompt[]): Promise<void> {
  const byStatus = new Map<PromptStatus, Prompt[]>();
  for (const prompt of prompts) {
    const { status } = prompt.state;
    byStatus.set(status, [...(byStatus.get(status) ?? []), prompt]);
  }
  for (const alike of byStatus.values()) await saveAlike(sql, alike);
}

async function saveAlike(sql: Sql, prompts: readonly Prompt[]): Promise<void> {
  const states = prompts.map((prompt) => columnsOf(prompt.state));
  const columns = Object.keys(states[0] ?? {});
  const { count } = await sql.hot(
    `UPDATE prompts p SET ${columns.map((column) => `${column} = w.${column}`).join(', ')}
     FROM unnest($2::uuid[], ${columns.map((column, i) => `$${i + 3}::${typeOf(column)}[]`).join(', ')}) AS w(id, ${columns.join(', ')})
     WHERE p.id = w.id AND (p.workspace_id = $1) IS TRUE`,
    [
      sql.workspaceId,
      prompts.map((prompt) => prompt.id),
      ...columns.map((column) => states.map((state) => state[column])),
    ],
  );
  if (count < prompts.length)
    sql.giveUp(
      'not_found',
      `there is no such prompt among ${prompts.map((prompt) => prompt.id).join()}`,
      'lock a prompt before saving it',
    );
}

function typeOf(column: string): string {
  if (column.endsWith('_at')) return 'timestamptz';
  return column === 'late' ? 'boolean' : 'text';
}
