// What commands are called and say of themselves, in English and in Chinese. English comes first: it is what Discord sends back.

/** Each at most 32 characters for a name and 100 for a description; names in small letters. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

type Told = readonly [name: Words, description: Words];

const w = (en: string, zh: string): Words => ({ en, zh });

export const COMMANDS = {
  nps: [
    w('nps', 'nps'),
    w('Feedback after support: scores, cases, settings', '客服反馈：得分、待跟进、设置'),
  ],
  summary: [
    w('summary', '汇总'),
    w('The score, how sure it is, and whether the change is real', '得分、可信程度，以及变化是否属实'),
  ],
  why: [
    w('why', '原因'),
    w('Every time somebody was asked or skipped, and the reason', '某人每次被询问或跳过的记录和原因'),
  ],
  ask: [w('ask', '询问'), w('Ask somebody now; never past an opt-out', '立即询问某人；已退订的人不会被询问')],
  digest: [
    w('digest', '周报'),
    w('The last seven days; or when it comes to this channel', '最近七天的周报；或设置何时发到本频道'),
  ],
  settings: [w('settings', '设置'), w('See and change team, alerts, digest', '查看和修改团队、提醒、周报')],
  setting: [w('setting', '设置项'), w('Change one setting', '修改一项设置')],
  connect: [w('connect', '连接'), w('Join another chat to this workspace', '把另一个聊天平台连接到本工作区')],
  open: [w('open', '待办'), w('The cases that wait for somebody', '等待处理的跟进')],
  claim: [w('claim', '认领'), w('Take a case', '认领一个跟进')],
  close: [w('close', '结案'), w('Close a case, saying how', '结案，并说明如何解决')],
  optout: [w('optout', '退订'), w('Never be asked again, on any platform', '在任何平台都不再被询问')],
  optin: [w('optin', '恢复询问'), w('Be asked again', '恢复接受询问')],
  help: [w('help', '帮助'), w('What you can type', '可以使用的命令')],
} as const satisfies Record<string, Told>;

export const OPTIONS = {
  period: [w('period', '时段'), w('How far back; left out: 30 days', '统计多久；不填为 30 天')],
  survey: [w('survey', '问卷'), w('Which question', '哪一种问卷')],
  person: [w('person', '用户'), w('Who', '哪一位')],
  name: [
    w('name', '姓名'),
    w('A name or an id, for somebody who is not here any more', '姓名或编号，用于已离开的人'),
  ],
  when: [
    w('when', '何时'),
    w('Now, every week, or not at all; left out: now', '现在、每周，或不再发送；不填为现在'),
  ],
  weekday: [w('weekday', '星期'), w('On which day of the week', '每周的哪一天')],
  time: [w('time', '时间'), w('At what time, such as 09:00', '几点，例如 09:00')],
  zone: [w('zone', '时区'), w('In which time zone', '所在时区')],
  code: [
    w('code', '代码'),
    w('The code that was made elsewhere; left out: makes one', '在别处生成的代码；不填则生成一个'),
  ],
  case: [w('case', '编号'), w("The case's number", '跟进的编号')],
  note: [w('note', '说明'), w('How it was solved', '如何解决')],
  role: [w('value', '角色'), w('Whose members are the support team', '其成员即为客服团队')],
  channel: [w('value', '频道'), w('Where unhappy answers are shown', '不满意的反馈发到哪里')],
  emoji: [
    w('value', '表情'),
    w('Put on a message, it says that the conversation is done', '加在消息上，表示对话已结束'),
  ],
} as const satisfies Record<string, Told>;

export const SETTINGS = {
  team: [w('team', '团队'), w('The role that is the support team', '哪个角色是客服团队')],
  alerts: [w('alerts', '提醒'), w('The channel for unhappy answers', '不满意反馈的频道')],
  zone: [w('zone', '时区'), w("The workspace's time zone", '工作区的时区')],
  reaction: [
    w('reaction', '表情'),
    w('The reaction that marks a conversation as done', '表示对话已结束的表情'),
  ],
} as const satisfies Record<string, Told>;

/** What is sent, and what people read. */
export const CHOICES = {
  period: {
    '7d': w('7 days', '7 天'),
    '30d': w('30 days', '30 天'),
    '90d': w('90 days', '90 天'),
    '12m': w('12 months', '12 个月'),
  },
  survey: {
    nps: w('Recommendation (NPS)', '推荐意愿（NPS）'),
    ces: w('Ease (CES)', '轻松程度（CES）'),
    csat: w('Satisfaction (CSAT)', '满意度（CSAT）'),
  },
  when: {
    now: w('now', '现在'),
    weekly: w('every week in this channel', '每周发到本频道'),
    off: w('no more in this channel', '不再发到本频道'),
  },
  weekday: {
    monday: w('Monday', '星期一'),
    tuesday: w('Tuesday', '星期二'),
    wednesday: w('Wednesday', '星期三'),
    thursday: w('Thursday', '星期四'),
    friday: w('Friday', '星期五'),
    saturday: w('Saturday', '星期六'),
    sunday: w('Sunday', '星期日'),
  },
} as const satisfies Record<string, Record<string, Words>>;

/** In the menu of a message: capitals and spaces are allowed. */
export const ASK_FOR_FEEDBACK = w('Ask for feedback', '请求反馈');
