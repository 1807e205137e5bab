// View → the app's home tab.
import type { HomeView } from '@slack/types';
import type { ChartSpec, View } from '../../../src/views/view.ts';
import { inShort } from './blocks.ts';
import { fitted, VIEW_ROOM } from './fit.ts';

export function renderHome(view: View, images: ReadonlyMap<ChartSpec, string> = new Map()): HomeView {
  const blocks = fitted(view, images, VIEW_ROOM);
  return { type: 'home', blocks: blocks.length > 0 ? blocks : [...inShort(view)] };
}
