// Says what the line, its band and the bars are: a sample and a word each, in as many lines as they need.
import { num, paint, stroke } from './pen.ts';
import { type Box, muted, type Sheet, SMALL } from './sheet.ts';
import { shorten, widthOf } from './text.ts';

interface Entry {
  readonly word: string;
  /** Draws the sample, `em` wide, centred on this height. */
  readonly sample: (x: number, middle: number) => string;
}

function entries({ spec, pen, palette, em }: Sheet): readonly Entry[] {
  return [
    {
      word: spec.words.score,
      sample: (x, y) => {
        const [from, to, centre] = [x, x + em, x + em / 2].map((at) => num(pen.at(at)));
        const height = num(y);
        return (
          pen.path(`M${from},${height}L${to},${height}`, stroke('line', palette.ink, em * 0.13)) +
          `<circle cx="${centre}" cy="${height}" r="${num(em * 0.22)}" ${paint('dot', palette.ink)}/>`
        );
      },
    },
    {
      word: spec.words.interval,
      sample: (x, y) =>
        pen.rect(
          x,
          y - em * 0.35,
          em,
          em * 0.7,
          paint('band', palette.band, `fill-opacity="${palette.bandOpacity}"`),
        ),
    },
    {
      word: spec.words.answers,
      sample: (x, y) =>
        [0.35, 0.7, 0.5]
          .map((h, i) =>
            pen.rect(
              x + em * 0.36 * i,
              y + em * (0.35 - h),
              em * 0.26,
              em * h,
              paint('answers', palette.answers),
            ),
          )
          .join(''),
    },
  ];
}

/** The legend, from the top of `box` down. Gives its SVG and how high it is. */
export function drawLegend(sheet: Sheet, box: Box): { readonly svg: string; readonly height: number } {
  const { em, pen } = sheet;
  const room = box.x1 - box.x0;
  let x = box.x0;
  let line = 0;
  let svg = '';
  for (const { word, sample } of entries(sheet)) {
    const fitted = shorten(word, room / (em * SMALL) - 1.8);
    const width = em * 1.4 + widthOf(fitted) * em * SMALL;
    if (x > box.x0 && x + width > box.x1) {
      x = box.x0;
      line += 1;
    }
    const middle = box.y0 + em * (0.6 + 1.25 * line);
    svg +=
      sample(x, middle) + pen.text(x + em * 1.35, middle + em * SMALL * 0.35, fitted, muted(sheet, SMALL));
    x += width + em * 1.1;
  }
  return { svg, height: em * 1.25 * (line + 1) };
}
