// The five dimensions of service quality (Parasuraman, Zeithaml & Berry 1988) as a view over themes. What a thing costs is none of them.
import type { Theme } from './classification.ts';

export type ServqualDimension = 'tangibles' | 'reliability' | 'responsiveness' | 'assurance' | 'empathy';

const DIMENSIONS: Readonly<Record<Theme, ServqualDimension | null>> = {
  // What can be seen and handled.
  quality: 'tangibles',
  features: 'tangibles',
  ease: 'tangibles',
  // Doing what was promised, dependably.
  reliability: 'reliability',
  delivery: 'reliability',
  // Helping, and promptly.
  speed: 'responsiveness',
  resolution: 'responsiveness',
  // Knowing one's business, and being trusted.
  trust: 'assurance',
  // Caring for the one customer.
  attitude: 'empathy',
  price: null,
};

/** Null for what is no matter of service, and for a workspace's own themes. */
export function servqualOf(theme: string): ServqualDimension | null {
  return Object.hasOwn(DIMENSIONS, theme) ? DIMENSIONS[theme as Theme] : null;
}
