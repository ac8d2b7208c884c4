// Decides how many bits a second the connection carries: down at once when bytes pile up, up again slowly.

const lowest = 250_000;
const step = 1.08;
const calmSeconds = 8;
const pileInSeconds = 1.2; // of video on its way

/** @param {number} highest bits per second */
export function startPace(highest) {
  let bitrate = highest;
  let calm = 0;
  return {
    get bitrate() {
      return bitrate;
    },
    /**
     * Once a second.
     * @param {number} waiting bytes that have not arrived
     * @param {number} arrived bytes of the last second
     * @returns {boolean} whether the bitrate has changed
     */
    measure(waiting, arrived) {
      const before = bitrate;
      if (waiting * 8 > bitrate * pileInSeconds) {
        calm = 0;
        bitrate = Math.max(lowest, Math.min(bitrate * 0.7, Math.max(lowest, arrived * 8 * 0.8)));
      } else if (++calm >= calmSeconds && bitrate < highest) {
        bitrate = Math.min(highest, bitrate * step);
      }
      return Math.abs(bitrate - before) > before * 0.02;
    },
  };
}
