// Numbers in words, for progress.

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** @param {number} bytes @returns {string} `4.2 MB` */
export function bytes(bytes) {
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  const value = bytes / 1000 ** power;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`;
}

/** @param {number} seconds @returns {string} `2 min left` */
export function timeLeft(seconds) {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 60) return `${Math.round(seconds / 5) * 5} s left`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min left`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min left`;
}

/** @param {number} share 0 to 1 @returns {string} `42 %` */
export function percent(share) {
  return `${Math.floor(Math.max(0, Math.min(1, share)) * 100)} %`;
}

/** @param {number} seconds @returns {string} `1:02:03.5`, in tenths of a second where there are any */
export function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  const [whole, rest] = [Math.floor(tenths / 10), tenths % 10];
  const two = (number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const text = hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  return rest > 0 ? `${text}.${rest}` : text;
}
