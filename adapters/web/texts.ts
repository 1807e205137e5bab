// The words of the page around the conversation. What is said in a conversation comes from the product as Views.
import { de, es, fr, ja, pt } from './more-texts.ts';
import type { PageTexts } from './page-texts.ts';

const en: PageTexts = {
  lang: 'en',
  name: 'English',
  title: 'Afterword',
  lead: 'Both sides of one support conversation, live on this machine.',
  customerPane: 'Customer',
  teamPane: 'Team channel',
  customerHint: 'Here you are the customer. Write a line, then mark the conversation as solved.',
  teamHint: 'Here you are the team. Alerts and digests land here.',
  teamEmpty: 'Nothing here yet. An unhappy answer brings an alert, and Monday brings the digest.',
  messageLabel: 'Your message',
  commandLabel: 'Command',
  tryThese: 'Commands to try',
  commands: ['/nps help', '/nps summary', '/nps why {person}', '/nps digest now'],
  send: 'Send',
  run: 'Run',
  solved: 'Solved, close',
  newConversation: 'New customer',
  atOnce: 'Ask at once instead of after the usual delay',
  you: 'You',
  support: 'Sam, support',
  initial: 'S',
  bot: 'Afterword',
  onlyYou: 'Only you can see this',
  back: 'Back',
  greeting: 'Hi, this is Sam. What can I help you with?',
  closed: 'Sam closed this conversation.',
  offline: 'Connection lost. Trying again…',
  online: 'Live',
  failed: 'That did not get through. Please try again.',
  language: 'Language',
};

const zh: PageTexts = {
  lang: 'zh-CN',
  name: '中文',
  title: 'Afterword',
  lead: '一次客服对话的两端，就在本机实时运行。',
  customerPane: '客户',
  teamPane: '团队频道',
  customerHint: '在这里您是客户。随便写一句，然后把对话标记为已解决。',
  teamHint: '在这里您是团队成员。提醒和周报会出现在这里。',
  teamEmpty: '这里还没有内容。不满意的回答会带来提醒，每周一会有周报。',
  messageLabel: '您的消息',
  commandLabel: '命令',
  tryThese: '可以试试的命令',
  commands: ['/nps 帮助', '/nps 汇总', '/nps 为什么 {person}', '/nps 周报 现在'],
  send: '发送',
  run: '执行',
  solved: '已解决，结束对话',
  newConversation: '换一位客户',
  atOnce: '立即询问，不等平时的间隔',
  you: '您',
  support: '客服小王',
  initial: '王',
  bot: 'Afterword',
  onlyYou: '仅您可见',
  back: '返回',
  greeting: '您好，我是客服小王。请问有什么可以帮您？',
  closed: '小王结束了本次对话。',
  offline: '连接中断，正在重试……',
  online: '已连接',
  failed: '没有成功，请再试一次。',
  language: '语言',
};

const ALL: Readonly<Record<string, PageTexts>> = { en, zh, es, de, fr, ja, pt };

/** The page's language: what the address asks for, else the first that the browser prefers and we speak. */
export function pageTexts(asked: string | null, acceptLanguage: string | null): PageTexts {
  const wanted = (asked ?? acceptLanguage ?? '').toLowerCase().split(',');
  const first = wanted.map((tag) => tag.trim().slice(0, 2)).find((tag) => Object.hasOwn(ALL, tag));
  return ALL[first ?? 'en']!;
}
