// How many standard errors a two-sided 95 % statement reaches, and how rare so many are.

import jstat from 'jstat';

/** The 97.5 % quantile of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t distribution; exact to 1e-7. `degreesOfFreedom` is above 0 and need not be whole.
 *
 * From 50 degrees on by the expansion of Abramowitz & Stegun 26.7.5, because jstat's iteration loses digits as they
 * grow and falls below the normal quantile when they are very many.
 */
export function t95(degreesOfFreedom: number): number {
  if (degreesOfFreedom < 50) return jstat.studentt.inv(0.975, degreesOfFreedom);
  const z = Z95;
  const z2 = z * z;
  const g1 = ((z2 + 1) * z) / 4;
  const g2 = (((5 * z2 + 16) * z2 + 3) * z) / 96;
  const g3 = ((((3 * z2 + 19) * z2 + 17) * z2 - 15) * z) / 384;
  const g4 = (((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z) / 92_160;
  const v = degreesOfFreedom;
  return z + g1 / v + g2 / v ** 2 + g3 / v ** 3 + g4 / v ** 4;
}

/** The chance that a standard normal lies so far from 0, or further, on either side. */
export function twoSided(z: number): number {
  return Math.max(0, 2 * jstat.normal.cdf(-Math.abs(z), 0, 1));
}
