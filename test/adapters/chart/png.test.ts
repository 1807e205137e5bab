// The PNG: its size, its letters, and that it is made beside the program and not in its way.
import { existsSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { fontFile, uncovered } from '../../../adapters/chart/font.ts';
import { createChartRenderer } from '../../../adapters/chart/index.ts';
import { renderPng } from '../../../adapters/chart/png.ts';
import { AfterwordError } from '../../../src/domain/basics.ts';
import { chinese, hebrew, japanese, nps } from './specs.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('a chart as PNG', () => {
  const charts = createChartRenderer();

  it('is twice the size of the picture, in each form and theme', async () => {
    const light = await charts.png(nps, { theme: 'light', form: 'picture' });
    const dark = await charts.png(nps, { theme: 'dark', form: 'picture' });
    const narrow = await charts.png(nps, { theme: 'light', form: 'narrow' });
    expect([...light.subarray(0, 8)]).toEqual(SIGNATURE);
    expect(sizeOf(light)).toEqual([1600, 1000]);
    expect(sizeOf(narrow)[0]).toBe(800);
    expect(Buffer.from(light).equals(dark)).toBe(false);
    expect(light.byteLength).toBeLessThan(400_000);
  });

  it('is the same for the same chart', async () => {
    const look = { theme: 'light', form: 'wide' } as const;
    const [one, other] = await Promise.all([charts.png(chinese, look), charts.png(chinese, look)]);
    expect(Buffer.from(one).equals(other)).toBe(true);
  });

  it('that fails says so and does not keep the next one from being made', async () => {
    const bad = renderPng('<svg');
    const good = charts.png(nps, { theme: 'light', form: 'narrow' });
    await expect(bad).rejects.toThrow(AfterwordError);
    await expect(bad).rejects.toMatchObject({ kind: 'broken' });
    expect([...(await good).subarray(0, 8)]).toEqual(SIGNATURE);
  });

  it('refuses what cannot be drawn as a rejection, not as a throw', async () => {
    const flat = { ...nps, scale: { ...nps.scale, min: 1, max: 1 } };
    await expect(charts.png(flat, { theme: 'light', form: 'wide' })).rejects.toMatchObject({
      kind: 'broken',
    });
  });
});

describe('the font of the package', () => {
  const pixels = (text: string, family: string): string => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text x="5" y="45" font-size="44" font-family="${family}">${text}</text></svg>`;
    const font = { loadSystemFonts: false, fontFiles: [fontFile()] };
    return new Resvg(svg, { font }).render().pixels.toString('base64');
  };

  it('is there', () => {
    expect(existsSync(fontFile())).toBe(true);
  });

  it('has a letter for everything that the charts of each language say', () => {
    for (const spec of [nps, chinese, japanese, hebrew]) {
      for (const form of ['picture', 'narrow'] as const) {
        expect(uncovered(createChartRenderer().svg(spec, { theme: 'light', form }))).toEqual([]);
      }
    }
    expect(uncovered('ÄÖÜäöüßéèêëçñáíóúãõâôàœŒ¿¡«»„“”‚‘’–—…·•€ ŁČŞğİ ăằĐ Поддержка Ωμέγα')).toEqual([]);
    expect(uncovered('简体字繁體字漢字日本語ひらがなカタカナ한국어、。「」()%:!~')).toEqual([]);
    expect(uncovered('a𓀀😀')).toEqual(['𓀀', '😀']);
  });

  it('draws letters, not boxes: no two look alike, nor like one that it does not have', () => {
    const box = pixels('𓀀', 'Afterword Sans SC');
    const drawn = [...'客户支持满意度推荐者中立贬损回答数かなカナ推奨批判週別信頼区間'].map((c) =>
      pixels(c, 'Afterword Sans SC'),
    );
    expect(new Set(drawn).size).toBe(
      new Set('客户支持满意度推荐者中立贬损回答数かなカナ推奨批判週別信頼区間').size,
    );
    expect(drawn).not.toContain(box);
  });

  it('gives Han characters their Chinese form in Chinese and their Japanese form in Japanese', () => {
    for (const character of '直骨返角') {
      expect(pixels(character, 'Afterword Sans SC')).not.toBe(pixels(character, 'Afterword Sans JP'));
    }
    expect(createChartRenderer().svg(chinese, { theme: 'light', form: 'wide' })).toContain(
      "'Afterword Sans SC',",
    );
    expect(createChartRenderer().svg(japanese, { theme: 'light', form: 'wide' })).toContain(
      "'Afterword Sans JP',",
    );
  });
});
