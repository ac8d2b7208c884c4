/**
 * The qualities of the open video, in the shape media-chrome's quality menu asks for: an array-like list with
 * `selectedIndex`, -1 meaning automatic. Fires `addrendition`, `removerendition` and `change`.
 */
export class RenditionList extends EventTarget {
  #count = 0;
  #selected = -1;
  /** Called with the chosen index; set by whoever can switch. @type {(index: number) => void} */
  onSelect = () => {};

  get length() {
    return this.#count;
  }

  get selectedIndex() {
    return this.#selected;
  }

  set selectedIndex(index) {
    if (index === this.#selected) return;
    this.#selected = index;
    this.onSelect(index);
    this.dispatchEvent(new Event('change'));
  }

  /** @param {{ id: string, width: number, height: number, bitrate: number }[]} renditions in the order of their index */
  replace(renditions) {
    for (let i = 0; i < this.#count; i++) delete this[i];
    renditions.forEach((rendition, i) => {
      this[i] = rendition;
    });
    this.#count = renditions.length;
    this.#selected = -1;
    this.dispatchEvent(new Event(renditions.length > 0 ? 'addrendition' : 'removerendition'));
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.#count; i++) yield this[i];
  }
}
