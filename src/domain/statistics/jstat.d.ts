// jstat ships no types; this declares the functions that are used.

declare module 'jstat' {
  const jstat: {
    readonly studentt: {
      /** The quantile of Student's t distribution at `probability`, for `degreesOfFreedom` > 0. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
    readonly normal: {
      /** The chance of a value up to `x`. */
      cdf(x: number, mean: number, deviation: number): number;
    };
  };
  export default jstat;
}
