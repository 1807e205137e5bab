// The words of the few pages around installing.
import { de, es, fr, ja, pt } from './more-texts.ts';
import type { OAuthTexts } from './page-texts.ts';

const en: OAuthTexts = {
  lang: 'en',
  pages: {
    installed: {
      title: 'Afterword is installed',
      body: 'Go to Slack, open Afterword’s home tab and follow the steps there. Then invite it to your support channel.',
    },
    declined: {
      title: 'Nothing was installed',
      body: 'The installation was cancelled, and nothing has changed in your workspace.',
    },
    stale: {
      title: 'This link is no longer good',
      body: 'It was used already, is older than ten minutes, or was opened in another browser. Nothing was installed.',
    },
    failed: {
      title: 'Slack did not finish the installation',
      body: 'Please begin again. If that does not help, whoever runs Afterword finds the reason in its log.',
    },
    away: {
      title: 'That could not be kept just now',
      body: 'Please try again in a minute. Installing twice does no harm.',
    },
    missing: { title: 'There is nothing here', body: 'To install Afterword, begin with the link below.' },
  },
  again: 'Install Afterword',
  open: 'Open Slack',
};

const zh: OAuthTexts = {
  lang: 'zh-CN',
  pages: {
    installed: {
      title: 'Afterword 已安装',
      body: '请回到 Slack，打开 Afterword 的主页标签，按那里的步骤操作，然后邀请它加入你们的支持频道。',
    },
    declined: { title: '没有安装任何内容', body: '安装已取消，你的工作区没有任何变化。' },
    stale: {
      title: '此链接已失效',
      body: '它已被使用、已超过十分钟，或是在另一个浏览器中打开的。没有安装任何内容。',
    },
    failed: {
      title: 'Slack 未能完成安装',
      body: '请重新开始。如果仍然不行，运行 Afterword 的人可以在日志中找到原因。',
    },
    away: { title: '暂时无法保存', body: '请稍后再试。重复安装没有任何影响。' },
    missing: { title: '这里什么也没有', body: '要安装 Afterword，请从下面的链接开始。' },
  },
  again: '安装 Afterword',
  open: '打开 Slack',
};

const ALL: Readonly<Record<string, OAuthTexts>> = { en, zh, es, de, fr, ja, pt };

/** In the language that the browser prefers, where it is spoken. */
export function textsFor(acceptLanguage: string | null): OAuthTexts {
  const first = /^\s*([a-z]{2})\b/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ALL, first) ? ALL[first]! : en;
}
