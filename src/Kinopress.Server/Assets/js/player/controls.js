// The controls around the picture, in media-chrome's elements. Looks are in css/player.css.

const icons = new URL('../../icons.svg', import.meta.url).pathname;

const markup = `
<media-controller nohotkeys autohide="2.5" breakpoints="sm:380 md:560 lg:820" defaultstreamtype="on-demand">
  <media-poster-image slot="poster"></media-poster-image>
  <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
  <media-play-button class="kp-big-play" slot="centered-chrome" notooltip></media-play-button>
  <div class="kp-flash" slot="centered-chrome" noautohide role="status"></div>
  <div class="kp-message" slot="centered-chrome" noautohide role="alert" hidden>
    <p></p>
    <button type="button">Try again</button>
  </div>
  <div class="kp-shade"></div>
  <div class="kp-title" slot="top-chrome"></div>
  <media-settings-menu hidden anchor="auto">
    <media-settings-menu-item class="kp-quality">
      Quality
      <media-rendition-menu slot="submenu" hidden><div slot="title">Quality</div></media-rendition-menu>
    </media-settings-menu-item>
    <media-settings-menu-item>
      Speed
      <media-playback-rate-menu slot="submenu" hidden rates="0.5 0.75 1 1.25 1.5 1.75 2"><div slot="title">Speed</div></media-playback-rate-menu>
    </media-settings-menu-item>
    <media-settings-menu-item class="kp-captions">
      Captions
      <media-captions-menu slot="submenu" hidden><div slot="title">Captions</div></media-captions-menu>
    </media-settings-menu-item>
  </media-settings-menu>
  <media-time-range class="kp-seek"></media-time-range>
  <media-control-bar class="kp-bar">
    <media-play-button></media-play-button>
    <media-mute-button></media-mute-button>
    <media-volume-range class="kp-volume"></media-volume-range>
    <media-time-display showduration notoggle></media-time-display>
    <span class="kp-space"></span>
    <media-captions-button class="kp-captions"></media-captions-button>
    <media-settings-menu-button></media-settings-menu-button>
    <media-airplay-button></media-airplay-button>
    <media-cast-button></media-cast-button>
    <media-pip-button class="kp-wide"></media-pip-button>
    <media-chrome-button class="kp-theatre kp-wide" aria-pressed="false" aria-label="Theatre mode">
      <svg viewBox="0 0 24 24" aria-hidden="true"><use href="${icons}#rectangle-horizontal"></use></svg>
      <span slot="tooltip-content">Theatre mode</span>
    </media-chrome-button>
    <media-fullscreen-button></media-fullscreen-button>
  </media-control-bar>
</media-controller>`;

/**
 * @param {HTMLElement} player
 * @param {HTMLVideoElement} video
 * @param {string} label the video's title; shown only where nothing around the player shows it
 */
export function buildControls(player, video, label) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const content = document.importNode(template.content, true);
  const controller = content.querySelector('media-controller');
  const find = (selector) => controller.querySelector(selector);

  const poster = player.getAttribute('poster') ?? video.getAttribute('poster');
  video.removeAttribute('poster');
  if (poster) find('media-poster-image').setAttribute('src', poster);
  else find('media-poster-image').remove();
  if (Number(player.getAttribute('duration-ms')) > 0) {
    controller.setAttribute('defaultduration', String(Number(player.getAttribute('duration-ms')) / 1000));
  }
  find('.kp-title').textContent = label;
  find('.kp-theatre').hidden = !player.hasAttribute('theatre');
  const hasCaptions = video.querySelector('track[kind=captions], track[kind=subtitles]') !== null;
  for (const part of controller.querySelectorAll('.kp-captions')) part.hidden = !hasCaptions;

  if (player.hasAttribute('live')) {
    controller.setAttribute('defaultstreamtype', 'live');
    controller.setAttribute('noautoseektolive', ''); // live.js knows better when
  }
  controller.prepend(video);
  player.replaceChildren(content);

  const toggleTheatre = () => {
    if (!player.hasAttribute('theatre')) return;
    const isOn = find('.kp-theatre').getAttribute('aria-pressed') !== 'true';
    find('.kp-theatre').setAttribute('aria-pressed', String(isOn));
    player.dispatchEvent(new CustomEvent('kinopress-theatre', { bubbles: true, detail: { isOn } }));
  };
  find('.kp-theatre').addEventListener('click', toggleTheatre);

  controller.addEventListener('dblclick', (event) => {
    if (event.target !== controller && event.target !== video) return;
    const type = document.fullscreenElement ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest';
    controller.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  });

  return { controller, toggleTheatre, flash: flasher(find('.kp-flash')), ...message(controller, find('.kp-message')) };
}

/** Shows a word over the picture for a moment: what the key just did. */
function flasher(element) {
  let timer = 0;
  return (text) => {
    element.textContent = text;
    element.classList.add('is-shown');
    clearTimeout(timer);
    timer = setTimeout(() => element.classList.remove('is-shown'), 700);
  };
}

function message(controller, element) {
  const button = element.querySelector('button');
  let retry = () => {};
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    retry();
  });
  return {
    /** @param {string} text @param {() => void} onRetry */
    showMessage(text, onRetry) {
      element.querySelector('p').textContent = text;
      retry = onRetry;
      element.hidden = false;
      controller.classList.add('has-message');
    },
    hideMessage() {
      element.hidden = true;
      controller.classList.remove('has-message');
    },
  };
}
