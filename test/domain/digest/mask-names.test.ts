import { expect, it } from 'vitest';
import { maskNames } from '../../../src/domain/digest/mask-names.ts';

it.each([
  ['Thanks, anna LARSSON, says Anna', ['Anna Larsson'], 'Thanks, […], says […]'],
  ['Annabel and Joanna like bananas', ['Anna'], 'Annabel and Joanna like bananas'],
  ['我是王小明，小明很生气', ['王小明', '小明'], '我是[…]，[…]很生气'],
  ['U0ALICE0001: a+b(c) is me', ['U0ALICE0001', 'a+b(c)'], '[…]: […] is me'],
  ['Al is in it', ['Al', ''], 'Al is in it'],
  ['nobody', [], 'nobody'],
])('given %j by %j, then it reads %j', (words, names, masked) => {
  expect(maskNames(words, names)).toBe(masked);
});
