// What lies over the picture of a live: that it will be back, that it is over, that there is sound to turn on.

const icons = new URL('../../icons.svg', import.meta.url).pathname;
const soundKey = 'kinopress:live-sound';
const longOffer = 8000; // milliseconds until it comes and goes with the controls

const markup = `
<button type="button" class="kp-sound" slot="centered-chrome" noautohide hidden>
  <svg viewBox="0 0 24 24" aria-hidden="true"><use href="${icons}#volume-x"></use></svg>Turn sound on
</button>
<div class="kp-card" slot="centered-chrome" noautohide role="status" hidden>
  <svg viewBox="0 0 24 24" aria-hidden="true"><use></use></svg>
  <p class="kp-card-title"></p>
  <p class="kp-card-text"></p>
  <a class="kp-card-link" hidden></a>
</div>`;

const cards = {
  interrupted: { icon: 'loader-circle', title: 'Back soon', text: 'The picture is away for a moment. It goes on by itself.' },
  connecting: { icon: 'loader-circle', title: 'Connecting', text: 'The live goes on by itself as soon as the connection is there.' },
  offline: { icon: 'loader-circle', title: 'You are offline', text: 'The live goes on by itself as soon as the connection is there.' },
  ended: { icon: 'circle-check', title: 'This live is over', text: 'Thank you for watching.' },
  gone: { icon: 'circle-alert', title: 'This live is not available here', text: 'It may have been removed or made private.' },
};

/** @param {HTMLElement} controller @param {HTMLVideoElement} video @param {AbortSignal} signal */
export function buildCards(controller, video, signal) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const content = document.importNode(template.content, true);
  const sound = content.querySelector('.kp-sound');
  const card = content.querySelector('.kp-card');
  const link = card.querySelector('a');
  controller.append(content);
  let shown = null;
  let isMutedByItself = false;

  sound.addEventListener('click', (event) => {
    event.stopPropagation();
    video.muted = false;
    if (video.volume === 0) video.volume = 1;
  }, { signal });
  video.addEventListener('volumechange', () => {
    if (!video.muted) sound.hidden = true;
    if (!isMutedByItself || !video.muted) remember(!video.muted);
    isMutedByItself &&= video.muted;
  }, { signal });
  for (const name of ['click', 'dblclick']) card.addEventListener(name, (event) => event.stopPropagation(), { signal });

  return {
    /** @param {keyof typeof cards | null} name null takes it away @param {string | null} [replay] address of the recording */
    show(name, replay = null) {
      const key = `${name} ${replay}`;
      if (key === shown) return;
      shown = key;
      card.hidden = name === null;
      controller.classList.toggle('has-card', name !== null);
      card.dataset.card = name ?? '';
      if (name === null) return;
      card.querySelector('use').setAttribute('href', `${icons}#${cards[name].icon}`);
      card.querySelector('.kp-card-title').textContent = cards[name].title;
      card.querySelector('.kp-card-text').textContent = replay ? 'The recording is ready.' : cards[name].text;
      link.hidden = replay === null;
      if (replay === null) return;
      link.href = replay;
      link.target = '_top'; // out of a frame, if it is in one
      link.textContent = 'Watch the recording';
    },
    /** Mutes because the browser wants it so: the visitor's own choice stays what it was. */
    mute() {
      isMutedByItself = true;
      video.muted = true;
    },
    offerSound() {
      sound.hidden = false;
      setTimeout(() => sound.removeAttribute('noautohide'), longOffer);
    },
  };
}

/** @returns {boolean} what this visitor chose at the last live; who never chose wants it on a page of its own, and not in a frame of another */
export function wantsSound() {
  const isOwnPage = window.parent === window;
  try {
    const chosen = localStorage.getItem(soundKey);
    return chosen === 'on' || (chosen === null && isOwnPage);
  } catch {
    return isOwnPage; // storage may be forbidden
  }
}

function remember(isOn) {
  try {
    localStorage.setItem(soundKey, isOn ? 'on' : 'off');
  } catch {
    // storage may be forbidden; the next live starts as if nothing was chosen
  }
}
