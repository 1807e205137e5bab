// jstat ships no types; this declares the one function that is used.

declare module 'jstat' {
  const jstat: {
    readonly studentt: {
      /** The quantile of Student's t distribution at `probability`, for `degreesOfFreedom` > 0. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
