// The same commands in the words of seven languages, whatever language the reader is known to have.
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command/command.ts';
import { COMMAND_WORDS, LANGUAGES } from '../../../src/domain/command/command.ts';
import { parseCommand } from '../../../src/domain/command/grammar.ts';
import type { Period, PeriodUnit } from '../../../src/domain/command/period.ts';
import { commandIn, vocabularyOf } from '../../../src/domain/command/words/dictionary.ts';

const last = (amount: number, unit: PeriodUnit = 'day'): Period => ({ kind: 'last', amount, unit });
const back = (unit: PeriodUnit, back = 1): Period => ({ kind: 'calendar', unit, back });
const days = (from: string, to = from): Period => ({ kind: 'dates', from, to });
const month = (month: number, year: number | null = null): Period => ({ kind: 'month', year, month });
const none = { period: null, survey: null } as const;

const TABLE: Readonly<Record<string, readonly (readonly [string, Command])[]>> = {
  en: [
    ['trend', { kind: 'trend', ...none }],
    ['last month trend nps', { kind: 'trend', period: back('month'), survey: 'nps' }],
    ['themes this week', { kind: 'themes', ...none, period: back('week', 0) }],
    ['comments', { kind: 'comments', ...none, sentiment: null, theme: null }],
    [
      'negative comments about speed last 14 days',
      { kind: 'comments', survey: null, sentiment: 'negative', theme: 'speed', period: last(14) },
    ],
    [
      'comments yesterday positive price and value csat',
      { kind: 'comments', survey: 'csat', sentiment: 'positive', theme: 'price', period: back('day') },
    ],
    [
      'negative last week',
      { kind: 'comments', survey: null, sentiment: 'negative', theme: null, period: back('week') },
    ],
    ['summary 2026-10', { kind: 'summary', survey: null, period: month(10, 2026) }],
    [
      'summary 2026-10-01..2026-10-31',
      { kind: 'summary', survey: null, period: days('2026-10-01', '2026-10-31') },
    ],
    [
      'summary from 2026-10-31 to 2026-10-01',
      { kind: 'summary', survey: null, period: days('2026-10-01', '2026-10-31') },
    ],
    [
      'summary between 2026-10-01 and 2026-10-31',
      { kind: 'summary', survey: null, period: days('2026-10-01', '2026-10-31') },
    ],
    ['summary 2026-10-05', { kind: 'summary', survey: null, period: days('2026-10-05') }],
    ['summary 2026-07..2026-09', { kind: 'summary', survey: null, period: days('2026-07-01', '2026-09-30') }],
    ['summary Q3', { kind: 'summary', survey: null, period: { kind: 'quarter', year: null, quarter: 3 } }],
    [
      'summary q3 2025',
      { kind: 'summary', survey: null, period: { kind: 'quarter', year: 2025, quarter: 3 } },
    ],
    [
      'summary 2025-Q3',
      { kind: 'summary', survey: null, period: { kind: 'quarter', year: 2025, quarter: 3 } },
    ],
    ['summary October', { kind: 'summary', survey: null, period: month(10) }],
    ['summary oct 2025', { kind: 'summary', survey: null, period: month(10, 2025) }],
    ['summary 2025', { kind: 'summary', survey: null, period: { kind: 'year', year: 2025 } }],
    ['summary 2 weeks', { kind: 'summary', survey: null, period: last(2, 'week') }],
    ['summary past 45 days', { kind: 'summary', survey: null, period: last(45) }],
    ['45d', { kind: 'summary', survey: null, period: last(45) }],
    ['agent @bob last month', { kind: 'agent', person: 'bob', period: back('month'), survey: null }],
    ['agent <@U1|bob> 90d ces', { kind: 'agent', person: 'U1', period: last(90), survey: 'ces' }],
    ['90d agent <@U1>', { kind: 'agent', person: 'U1', period: last(90), survey: null }],
    ['agent May', { kind: 'agent', person: 'May', period: null, survey: null }],
    [
      'account Acme Rockets Ltd. last month',
      { kind: 'account', name: 'Acme Rockets Ltd.', period: back('month'), survey: null },
    ],
    [
      'account "This Week Inc" Q3',
      {
        kind: 'account',
        name: 'This Week Inc',
        period: { kind: 'quarter', year: null, quarter: 3 },
        survey: null,
      },
    ],
    ['account acme', { kind: 'account', name: 'acme', period: null, survey: null }],
    ['export', { kind: 'export', ...none }],
    ['export csv last month', { kind: 'export', survey: null, period: back('month') }],
    ['pause', { kind: 'pause' }],
    ['resume please', { kind: 'resume' }],
    ['language de', { kind: 'language', locale: 'de' }],
    ['language Deutsch', { kind: 'language', locale: 'de' }],
    ['language off', { kind: 'language', locale: null }],
    ['language pt-BR', { kind: 'language', locale: 'pt' }],
    ['language channel es', { kind: 'digest_language', locale: 'es' }],
    ['language fr channel', { kind: 'digest_language', locale: 'fr' }],
    ['person link', { kind: 'link_self', code: null }],
    ['link me', { kind: 'link_self', code: null }],
    ['person link 7k2m9-qxw4r', { kind: 'link_self', code: '7K2M9QXW4R' }],
    ['person link @ann cust-17', { kind: 'link_people', into: 'ann', from: 'cust-17' }],
    ['person link <@U1> with slack:T1:U2', { kind: 'link_people', into: 'U1', from: 'slack:T1:U2' }],
    ['forget me', { kind: 'forget_me' }],
    ['forget', { kind: 'forget_me' }],
    ['<@U1> why', { kind: 'why', person: 'U1' }],
    ['why was <@U1> not asked?', { kind: 'why', person: 'U1' }],
    ['#12 claim', { kind: 'claim', number: 12 }],
    ['claim case 12', { kind: 'claim', number: 12 }],
    [
      'digest weekly friday at 4:30 pm',
      { kind: 'digest_weekly', weekday: 5, time: 16 * 60 + 30, zone: null },
    ],
    [
      'digest monday 9am Europe/Berlin',
      { kind: 'digest_weekly', weekday: 1, time: 540, zone: 'Europe/Berlin' },
    ],
    [
      'settings leads <!subteam^S0123|@leads>',
      { kind: 'settings', change: { name: 'leads', value: 'S0123' } },
    ],
  ],
  zh: [
    ['趋势', { kind: 'trend', ...none }],
    ['上周满意度趋势', { kind: 'trend', period: back('week'), survey: 'csat' }],
    ['本月主题', { kind: 'themes', period: back('month', 0), survey: null }],
    [
      '上个月的差评',
      { kind: 'comments', sentiment: 'negative', theme: null, period: back('month'), survey: null },
    ],
    [
      '评论 负面 速度 最近14天',
      { kind: 'comments', sentiment: 'negative', theme: 'speed', period: last(14), survey: null },
    ],
    ['汇总 三个月', { kind: 'summary', period: last(3, 'month'), survey: null }],
    ['汇总最近两周', { kind: 'summary', period: last(2, 'week'), survey: null }],
    ['汇总6个月', { kind: 'summary', period: last(6, 'month'), survey: null }],
    ['汇总 2026年10月', { kind: 'summary', period: month(10, 2026), survey: null }],
    [
      '2026年10月1日至2026年10月31日汇总',
      { kind: 'summary', period: days('2026-10-01', '2026-10-31'), survey: null },
    ],
    ['汇总 第三季度', { kind: 'summary', period: { kind: 'quarter', year: null, quarter: 3 }, survey: null }],
    ['昨天汇总', { kind: 'summary', period: back('day'), survey: null }],
    ['客服 <@U1> 上周', { kind: 'agent', person: 'U1', period: back('week'), survey: null }],
    ['客户 某某公司 上月', { kind: 'account', name: '某某公司', period: back('month'), survey: null }],
    ['导出上月', { kind: 'export', period: back('month'), survey: null }],
    ['暂停', { kind: 'pause' }],
    ['恢复', { kind: 'resume' }],
    ['语言 中文', { kind: 'language', locale: 'zh' }],
    ['语言 频道 英语', { kind: 'digest_language', locale: 'en' }],
    ['绑定', { kind: 'link_self', code: null }],
    ['忘记我', { kind: 'forget_me' }],
    ['周报 每周 周三 10点', { kind: 'digest_weekly', weekday: 3, time: 600, zone: null }],
    ['設定 時區 Asia/Taipei', { kind: 'settings', change: { name: 'zone', value: 'Asia/Taipei' } }],
  ],
  es: [
    ['resumen del mes pasado', { kind: 'summary', period: back('month'), survey: null }],
    ['resumen de los últimos 14 días', { kind: 'summary', period: last(14), survey: null }],
    ['tendencia de satisfacción este año', { kind: 'trend', period: back('year', 0), survey: 'csat' }],
    [
      'comentarios negativos sobre velocidad la semana pasada',
      { kind: 'comments', sentiment: 'negative', theme: 'speed', period: back('week'), survey: null },
    ],
    ['temas octubre de 2026', { kind: 'themes', period: month(10, 2026), survey: null }],
    ['por qué <@U1>', { kind: 'why', person: 'U1' }],
    ['cerrar 12 reembolsado', { kind: 'close', number: 12, note: 'reembolsado' }],
    ['boletín cada lunes a las 9:30', { kind: 'digest_weekly', weekday: 1, time: 570, zone: null }],
    [
      'ajustes zona horaria America/Bogota',
      { kind: 'settings', change: { name: 'zone', value: 'America/Bogota' } },
    ],
    ['olvídame', { kind: 'forget_me' }],
    ['darme de baja', { kind: 'opt_out' }],
    ['idioma español', { kind: 'language', locale: 'es' }],
    ['cuenta Acme ayer', { kind: 'account', name: 'Acme', period: back('day'), survey: null }],
  ],
  de: [
    ['Übersicht letzter Monat', { kind: 'summary', period: back('month'), survey: null }],
    ['ubersicht der letzten 14 Tage', { kind: 'summary', period: last(14), survey: null }],
    ['Verlauf Zufriedenheit dieses Jahr', { kind: 'trend', period: back('year', 0), survey: 'csat' }],
    [
      'negative Kommentare zur Geschwindigkeit letzte Woche',
      { kind: 'comments', sentiment: 'negative', theme: 'speed', period: back('week'), survey: null },
    ],
    [
      'Themen vom 01.10.2026 bis zum 31.10.2026',
      { kind: 'themes', period: days('2026-10-01', '2026-10-31'), survey: null },
    ],
    [
      'Übersicht 3. Quartal 2025',
      { kind: 'summary', period: { kind: 'quarter', year: 2025, quarter: 3 }, survey: null },
    ],
    ['warum <@U1>', { kind: 'why', person: 'U1' }],
    ['Schließen 12 Geld zurück', { kind: 'close', number: 12, note: 'Geld zurück' }],
    ['SCHLIESSEN Fall 12: Geld zurück', { kind: 'close', number: 12, note: 'Geld zurück' }],
    ['Wochenbericht montags um 9 Uhr', { kind: 'digest_weekly', weekday: 1, time: 540, zone: null }],
    ['Wochenbericht aus', { kind: 'digest_off' }],
    [
      'Einstellungen Zeitzone Europe/Berlin',
      { kind: 'settings', change: { name: 'zone', value: 'Europe/Berlin' } },
    ],
    ['vergiss mich', { kind: 'forget_me' }],
    ['nicht mehr fragen', { kind: 'opt_out' }],
    ['Sprache Deutsch', { kind: 'language', locale: 'de' }],
    ['Mitarbeiter @bob Oktober', { kind: 'agent', person: 'bob', period: month(10), survey: null }],
  ],
  fr: [
    ['résumé du mois dernier', { kind: 'summary', period: back('month'), survey: null }],
    ['resume des 14 derniers jours', { kind: 'summary', period: last(14), survey: null }],
    ['tendance satisfaction cette année', { kind: 'trend', period: back('year', 0), survey: 'csat' }],
    [
      'commentaires négatifs sur la rapidité la semaine dernière',
      { kind: 'comments', sentiment: 'negative', theme: 'speed', period: back('week'), survey: null },
    ],
    ['thèmes 90j', { kind: 'themes', period: last(90), survey: null }],
    [
      'résumé T3 2025',
      { kind: 'summary', period: { kind: 'quarter', year: 2025, quarter: 3 }, survey: null },
    ],
    ['pourquoi <@U1>', { kind: 'why', person: 'U1' }],
    ['fermer 12 remboursé', { kind: 'close', number: 12, note: 'remboursé' }],
    ['hebdo chaque lundi à 9h30', { kind: 'digest_weekly', weekday: 1, time: 570, zone: null }],
    ['paramètres fuseau Europe/Paris', { kind: 'settings', change: { name: 'zone', value: 'Europe/Paris' } }],
    ['oublie-moi', { kind: 'forget_me' }],
    ['me désinscrire', { kind: 'opt_out' }],
    ['langue français', { kind: 'language', locale: 'fr' }],
    ['compte Acme hier', { kind: 'account', name: 'Acme', period: back('day'), survey: null }],
  ],
  ja: [
    ['先月の概要', { kind: 'summary', period: back('month'), survey: null }],
    ['直近14日間の概要を見せて', { kind: 'summary', period: last(14), survey: null }],
    ['今年の満足度の推移', { kind: 'trend', period: back('year', 0), survey: 'csat' }],
    [
      '先週の速さについての否定的なコメント',
      { kind: 'comments', sentiment: 'negative', theme: 'speed', period: back('week'), survey: null },
    ],
    ['テーマ 3か月', { kind: 'themes', period: last(3, 'month'), survey: null }],
    ['ﾃｰﾏ ９０日', { kind: 'themes', period: last(90), survey: null }],
    [
      '2026年10月1日から2026年10月31日までの概要',
      { kind: 'summary', period: days('2026-10-01', '2026-10-31'), survey: null },
    ],
    ['<@U1>の理由', { kind: 'why', person: 'U1' }],
    ['12を閉じる 返金済み', { kind: 'close', number: 12, note: '返金済み' }],
    ['完了12番 返金済み', { kind: 'close', number: 12, note: '返金済み' }],
    ['週報 毎週月曜日9時30分', { kind: 'digest_weekly', weekday: 1, time: 570, zone: null }],
    ['設定 タイムゾーン Asia/Tokyo', { kind: 'settings', change: { name: 'zone', value: 'Asia/Tokyo' } }],
    ['私を忘れて', { kind: 'forget_me' }],
    ['配信停止', { kind: 'opt_out' }],
    ['言語 日本語', { kind: 'language', locale: 'ja' }],
    ['取引先 アクメ商事 先月', { kind: 'account', name: 'アクメ商事', period: back('month'), survey: null }],
  ],
  pt: [
    ['resumo do mês passado', { kind: 'summary', period: back('month'), survey: null }],
    ['resumo dos últimos 14 dias', { kind: 'summary', period: last(14), survey: null }],
    ['tendência de satisfação este ano', { kind: 'trend', period: back('year', 0), survey: 'csat' }],
    [
      'comentários negativos sobre agilidade na semana passada',
      { kind: 'comments', sentiment: 'negative', theme: 'speed', period: back('week'), survey: null },
    ],
    ['temas outubro de 2026', { kind: 'themes', period: month(10, 2026), survey: null }],
    ['por que <@U1>', { kind: 'why', person: 'U1' }],
    ['fechar 12 reembolsado', { kind: 'close', number: 12, note: 'reembolsado' }],
    ['boletim toda segunda-feira às 9h30', { kind: 'digest_weekly', weekday: 1, time: 570, zone: null }],
    [
      'configurações fuso America/Sao_Paulo',
      { kind: 'settings', change: { name: 'zone', value: 'America/Sao_Paulo' } },
    ],
    ['me esqueça', { kind: 'forget_me' }],
    ['não perguntar', { kind: 'opt_out' }],
    ['idioma português', { kind: 'language', locale: 'pt' }],
    ['conta Acme ontem', { kind: 'account', name: 'Acme', period: back('day'), survey: null }],
  ],
};

describe.each(Object.entries(TABLE))('in %s', (language, rows) => {
  it.each(rows)('%j is read', (text, command) => {
    for (const locale of [language, null])
      expect(parseCommand(text, locale), String(locale)).toEqual({ kind: 'command', command });
  });
});

describe('the words of every language', () => {
  const bare = COMMAND_WORDS.map((word) => [word, parseCommand(word)] as const);

  it.each(LANGUAGES)(
    'in %s every command has a name of its own that help can show and a platform can register',
    (language) => {
      const names = COMMAND_WORDS.map((word) => commandIn(language, word));
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) {
        expect(name).toMatch(/^[-_\p{L}\p{N}]{1,32}$/u);
        expect(name.toLowerCase()).toBe(name);
      }
    },
  );

  it.each(LANGUAGES)(
    'in %s the name of each command is what its English name is, to whoever reads that language',
    (language) => {
      for (const [word, english] of bare) {
        const own = parseCommand(commandIn(language, word), language);
        expect({ word, own: own.kind === 'unknown' ? own : { ...own, value: '' } }).toEqual({
          word,
          own: english.kind === 'unknown' ? english : { ...english, value: '' },
        });
      }
    },
  );

  it.each(LANGUAGES)('in %s every word for a command begins that command', (language) => {
    const { commands } = vocabularyOf(language);
    for (const [word, [, english]] of COMMAND_WORDS.map((word, i) => [word, bare[i]!] as const)) {
      for (const own of commands[word]) {
        const read = parseCommand(own, language);
        const shape = (one: typeof read) =>
          one.kind === 'command' ? one.command.kind : one.kind === 'unknown' ? one.word : one.command;
        expect({ own, is: shape(read) }).toEqual({ own, is: shape(english) });
      }
    }
  });
});
