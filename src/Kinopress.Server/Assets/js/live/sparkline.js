// A small line of the last minutes: what it was, what it is.

const size = { width: 240, height: 48 };
const svg = (tag, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/**
 * @param {string} label what it shows
 * @param {number} capacity how many values it keeps
 */
export function sparkline(label, capacity) {
  const values = [];
  const area = svg('path', { class: 'spark-area' });
  const line = svg('path', { class: 'spark-line', 'vector-effect': 'non-scaling-stroke' });
  const element = svg('svg', { class: 'spark', viewBox: `0 0 ${size.width} ${size.height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label });
  element.append(area, line);
  return {
    element,
    /** @param {number} value @param {string} text how a person says it */
    add(value, text) {
      values.push(value);
      if (values.length > capacity) values.shift();
      const most = Math.max(...values) * 1.1 || 1;
      const step = size.width / (capacity - 1);
      const points = values.map((each, i) => `${((capacity - values.length + i) * step).toFixed(1)} ${(size.height - (each / most) * (size.height - 4) - 2).toFixed(1)}`);
      line.setAttribute('d', `M${points.join('L')}`);
      area.setAttribute('d', `M${points.join('L')}L${size.width} ${size.height}L${((capacity - values.length) * step).toFixed(1)} ${size.height}Z`);
      element.setAttribute('aria-label', `${label}: ${text}`);
    },
  };
}
