// The words that commands, periods and surveys go by, in English and in Chinese, and the nearest one to a word that is none.
import type { Weekday } from '../calendar.ts';
import type { SurveyKind } from '../survey/kind.ts';
import type { CommandKind, CommandPeriod, SettingName } from './command.ts';

/** A command by its own first word; the others follow another's. */
export type NamedCommand = Exclude<CommandKind, 'digest_weekly' | 'digest_off'>;

/** The first of each is what help shows. Of several words in a row only the first is listed here; the grammar knows the second. */
const COMMAND_WORDS: Readonly<Record<NamedCommand, readonly string[]>> = {
  summary: ['summary', 'score', 'scores', '汇总', '摘要', '总结', '统计', '概览', '得分'],
  help: ['help', '?', 'h', '帮助', '说明', '命令', '怎么用'],
  why: ['why', 'history', '为什么', '为何', '原因', '记录'],
  ask: ['ask', '询问', '提问', '发问卷'],
  digest_now: ['digest', 'weekly', '周报', '简报'],
  settings: ['settings', 'setting', 'config', 'setup', '设置', '配置'],
  connect: ['connect', '连接', '关联'],
  open: ['open', 'cases', 'followups', 'todo', '待处理', '未处理', '待办', '待跟进'],
  claim: ['claim', 'take', '认领', '领取', '接手'],
  close: ['close', 'resolve', 'done', '关闭', '结案', '完成', '解决'],
  opt_out: ['optout', 'opt-out', 'unsubscribe', '退订', '取消订阅', '不再询问', '别再问我'],
  opt_in: ['optin', 'opt-in', 'subscribe', '恢复询问', '订阅', '恢复订阅'],
};

/** What follows `digest`. */
export const DIGEST_WORDS: ReadonlySet<string> = new Set(['now', 'preview', '现在', '立即', '马上', '预览']);

/** Further words after `digest`: when, and not at all. */
export const WEEKLY_WORDS: ReadonlySet<string> = new Set(['weekly', 'every', '每周', '每']);
export const OFF_WORDS: ReadonlySet<string> = new Set([
  'off',
  'none',
  'never',
  'stop',
  '关闭',
  '关',
  '停止',
  '无',
]);

const DAY_WORDS: Readonly<Record<Weekday, readonly string[]>> = {
  1: ['monday', 'mon', 'mondays', '周一', '星期一', '礼拜一'],
  2: ['tuesday', 'tue', 'tues', 'tuesdays', '周二', '星期二', '礼拜二'],
  3: ['wednesday', 'wed', 'wednesdays', '周三', '星期三', '礼拜三'],
  4: ['thursday', 'thu', 'thur', 'thurs', 'thursdays', '周四', '星期四', '礼拜四'],
  5: ['friday', 'fri', 'fridays', '周五', '星期五', '礼拜五'],
  6: ['saturday', 'sat', 'saturdays', '周六', '星期六', '礼拜六'],
  7: ['sunday', 'sun', 'sundays', '周日', '周天', '星期日', '星期天', '礼拜天'],
};

const SETTING_WORDS: Readonly<Record<SettingName, readonly string[]>> = {
  team: ['team', '团队'],
  alerts: ['alerts', 'alert', '提醒', '告警', '警报'],
  zone: ['zone', 'timezone', 'time-zone', 'tz', '时区'],
  reaction: ['reaction', 'emoji', 'trigger', '表情'],
};

const PERIOD_WORDS: Readonly<Record<CommandPeriod, readonly string[]>> = {
  '7d': [
    '7d',
    '1w',
    'week',
    'weekly',
    '7天',
    '七天',
    '一周',
    '1周',
    '上周',
    '本周',
    '这周',
    '近一周',
    '最近一周',
    '近7天',
    '最近7天',
  ],
  '30d': [
    '30d',
    '1m',
    'month',
    'monthly',
    '30天',
    '三十天',
    '一个月',
    '1个月',
    '上月',
    '上个月',
    '本月',
    '这个月',
    '近一个月',
    '最近一个月',
    '近30天',
    '最近30天',
  ],
  '90d': [
    '90d',
    '3m',
    'quarter',
    'quarterly',
    '90天',
    '九十天',
    '三个月',
    '3个月',
    '季度',
    '上季度',
    '本季度',
    '近三个月',
    '最近三个月',
    '近90天',
    '最近90天',
  ],
  '12m': [
    '12m',
    '1y',
    '365d',
    'year',
    'yearly',
    '12个月',
    '十二个月',
    '一年',
    '1年',
    '去年',
    '今年',
    '近一年',
    '最近一年',
  ],
};

const SURVEY_WORDS: Readonly<Record<SurveyKind, readonly string[]>> = {
  nps: ['nps', '推荐', '推荐意愿', '净推荐值'],
  ces: ['ces', '轻松', '轻松程度', '费力度'],
  csat: ['csat', '满意', '满意度'],
};

const commands = index(COMMAND_WORDS);
const periods = index(PERIOD_WORDS);
const surveys = index(SURVEY_WORDS);
const settings = index(SETTING_WORDS);
const days = index(DAY_WORDS as Readonly<Record<`${Weekday}`, readonly string[]>>);
const longest = [...commands.keys()].sort((a, b) => b.length - a.length);

/** The command that a folded word names; null for none. */
export function commandNamed(word: string): NamedCommand | null {
  return commands.get(word) ?? null;
}

export function periodNamed(word: string): CommandPeriod | null {
  return periods.get(word) ?? null;
}

export function weekdayNamed(word: string): Weekday | null {
  const day = days.get(word);
  return day === undefined ? null : (Number(day) as Weekday);
}

export function settingNamed(word: string): SettingName | null {
  return settings.get(word) ?? null;
}

export function surveyNamed(word: string): SurveyKind | null {
  return surveys.get(word) ?? null;
}

/** Chinese is written without spaces: a command at the beginning of a word, and how long it is; null for none. */
export function commandAtStartOf(
  word: string,
): { readonly kind: NamedCommand; readonly length: number } | null {
  const found = longest.find((name) => /^\p{Script=Han}/u.test(name) && word.startsWith(name));
  return found === undefined ? null : { kind: commands.get(found)!, length: found.length };
}

/** The command word nearest to a folded word: at most two slips away, fewer for short words. Null when nothing is near. */
export function nearestCommand(word: string): string | null {
  const letters = Array.from(word.slice(0, 40));
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const name of commands.keys()) {
    const target = Array.from(name);
    const most = Math.min(
      2,
      Math.floor((Math.max(letters.length, target.length) - 1) / 2) || Number(target.length > 1),
    );
    if (Math.abs(letters.length - target.length) > most) continue;
    const distance = slips(letters, target);
    // A word of which nothing is left is not a slip of the pen.
    if (distance > most || distance >= Math.min(letters.length, target.length)) continue;
    if (best === null || distance < best.distance) best = { name, distance };
  }
  return best?.name ?? null;
}

/** Damerau-Levenshtein distance of neighbours (optimal string alignment): insertions, deletions, changes, swaps. */
function slips(a: readonly string[], b: readonly string[]): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = Number(a[i - 1] !== b[j - 1]);
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

function index<K extends string>(words: Readonly<Record<K, readonly string[]>>): ReadonlyMap<string, K> {
  return new Map(
    (Object.keys(words) as K[]).flatMap((key) => words[key].map((word) => [word, key] as const)),
  );
}
