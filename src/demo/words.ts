// Who the customers of the simulated month are, and how they talk.
import type { Segment } from '../domain/survey/kind.ts';

export type Language = 'en' | 'zh-CN';

export const FIRST_NAMES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Alice',
    'Ben',
    'Carla',
    'Derek',
    'Elena',
    'Frank',
    'Grace',
    'Hugo',
    'Ines',
    'Jack',
    'Kira',
    'Liam',
    'Maya',
    'Noah',
    'Olga',
    'Paul',
  ],
  'zh-CN': ['李雷', '韩梅', '王芳', '张伟', '刘洋', '陈静', '杨帆', '赵敏', '黄磊', '周洁', '吴迪', '徐丽'],
};

export const AGENTS: readonly string[] = ['Sam', 'Mia', 'Tom', '小王'];

export const ACCOUNTS: readonly string[] = ['acme', 'globex', 'initech', '东方贸易', 'umbrella'];

export const WORDS: Readonly<Record<Language, Readonly<Record<Segment, readonly string[]>>>> = {
  en: {
    positive: [
      'Super quick answer, thank you!',
      'Sam was friendly and solved it in minutes.',
      'Great support, the problem was fixed right away.',
      'Very easy, everything was explained clearly.',
      'Love how fast you reply.',
      'Excellent service, I trust this team.',
    ],
    neutral: [
      'It works now, but I had to explain it twice.',
      'ok',
      'Solved in the end, the app is still a bit slow.',
      'Fine. The price went up though.',
    ],
    negative: [
      'Waited three days for a reply. Too slow.',
      'The export still crashes, nothing is solved.',
      'I was sent from one person to the next, very frustrating.',
      'Too expensive for a tool that keeps breaking.',
      'The update broke our login and nobody told us.',
      'Support was rude and the bug is still there.',
    ],
  },
  'zh-CN': {
    positive: [
      '回复很快，问题马上就解决了，谢谢！',
      '客服态度非常好，讲得很清楚。',
      '很专业，值得信赖。',
      '操作简单，体验很棒。',
      '效率高，赞一个。',
    ],
    neutral: ['还行吧', '问题解决了，就是等得有点久。', '一般，功能还可以再完善。'],
    negative: [
      '等了两天才有人回复，太慢了。',
      '问题还是没有解决，很失望。',
      '更新以后老是闪退，影响使用。',
      '价格太贵，服务跟不上。',
      '客服态度不好，推来推去。',
    ],
  },
};

/** What somebody adds who changes their mind. */
export const SECOND_THOUGHTS: Readonly<Record<Language, string>> = {
  en: 'Follow-up call was great, changing my score.',
  'zh-CN': '后来专人打电话处理好了，改一下评分。',
};
