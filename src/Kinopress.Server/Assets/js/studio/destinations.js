// How sending to other services goes, kept up to date.

const pause = 3000;

const words = {
  off: "Starts with the live",
  connecting: "Connecting",
  live: "Live",
  retrying: "Trying again soon",
  refused: "Refused",
};

class DestinationList extends HTMLElement {
  /** @type {number | undefined} */
  #timer;

  connectedCallback() {
    this.#timer = setInterval(() => this.#look(), pause);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  async #look() {
    if (document.hidden) {
      return;
    }

    try {
      const answer = await fetch(this.getAttribute("url") ?? "", { headers: { Accept: "application/json" } });
      if (answer.ok) {
        (await answer.json()).items.forEach((/** @type {Destination} */ item) => this.#show(item));
      }
    } catch {
      // The connection is away; the next look may work.
    }
  }

  /** @param {Destination} item */
  #show(item) {
    const row = this.querySelector(`[data-destination="${CSS.escape(item.id)}"]`);
    const state = row?.querySelector("[data-state-words]");
    const message = row?.querySelector("[data-message]");
    if (!(row instanceof HTMLElement) || !state || !(message instanceof HTMLElement)) {
      return;
    }

    row.dataset.state = item.state;
    state.textContent = item.enabled ? (words[item.state] ?? item.state) : "Switched off";
    message.textContent = item.message ?? "";
    message.hidden = !item.message;
  }
}

/** @typedef {{ id: string, enabled: boolean, state: keyof typeof words, message: string | null }} Destination */

customElements.define("destination-list", DestinationList);
