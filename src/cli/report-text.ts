// A report as its readers get it: the contract's JSON, or words and a table.
import type { ZoneName } from '../domain/basics.ts';
import type { Change } from '../domain/statistics/change.ts';
import { type Report, type ReportGroup, type ReportJson, reportJson } from '../domain/statistics/report.ts';
import { summaryView } from '../views/command.ts';
import { intervalEnds, scoreText } from '../views/figures.ts';
import { renderText } from '../views/plain-text.ts';
import type { Translate } from '../views/text.ts';
import { table } from './table.ts';

/** Scripts test `significant`: what cannot be told is not significant. */
export function contractJson(report: Report, zone: ZoneName): ReportJson {
  const json = reportJson(report, zone);
  const settled = <T extends { readonly change: Change }>(figures: T): T => ({
    ...figures,
    change: { ...figures.change, significant: figures.change.significant ?? false },
  });
  return settled({ ...json, groups: json.groups.map(settled) });
}

export function reportText(t: Translate, report: Report, zone: ZoneName): string {
  const head = `${renderText(summaryView(t, [report], { zone }), { width: 100 })}\n`;
  return report.by === null ? head : `${head}\n${groupsText(t, report)}`;
}

function groupsText(t: Translate, { survey, by, groups }: Report): string {
  const right = 'right' as const;
  const interval = (group: ReportGroup) => {
    const ends = intervalEnds(t, { survey, ...group });
    return ends === null ? '–' : `${ends.low} … ${ends.high}`;
  };
  return table<ReportGroup>(
    [
      { title: by ?? '', cell: (group) => group.key ?? '–' },
      { title: 'sent', align: right, cell: ({ sent }) => (sent === null ? '–' : t.number(sent)) },
      { title: 'answered', align: right, cell: ({ answered }) => t.number(answered) },
      {
        title: 'rate',
        align: right,
        cell: ({ responseRate: rate }) => (rate === null ? '–' : t.percent(rate)),
      },
      { title: 'score', align: right, cell: ({ score }) => scoreText(t, survey, score) },
      { title: '95% interval', align: right, cell: interval },
      { title: 'before', align: right, cell: ({ previous }) => scoreText(t, survey, previous.score) },
      {
        title: 'change',
        cell: ({ change }) => (change.significant ? 'real' : change.z === null ? '–' : 'noise'),
      },
    ],
    groups,
  );
}
