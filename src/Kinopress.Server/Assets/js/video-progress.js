// <video-progress video-url="/rest/v1/videos/{id}" jobs-url="/rest/v1/videos/{id}/jobs">the processing panel</video-progress>
// Keeps the panel true while it is looked at. Rows are found by data-job; when the set of jobs or the state of the
// video changes so much that other parts of the page change too, the page is loaded again.

import { percent, timeLeft } from './studio/format.js';
import { poll } from './studio/poll.js';
import { reloadGently } from './studio/reload.js';

const words = { queued: 'Waiting', running: 'Working', done: 'Done', failed: 'Failed', canceled: 'Canceled' };

class VideoProgress extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    this.#life = new AbortController();
    const state = this.getAttribute('state');
    if (state === 'ready' || state === 'failed') return;
    // Loading the page again would cancel a form that is just being sent.
    window.addEventListener('submit', (event) => event.defaultPrevented || this.#life.abort(), { signal: this.#life.signal });
    let before = '';
    void poll(async () => {
      const [video, jobs] = await Promise.all([read(this.getAttribute('video-url')), read(this.getAttribute('jobs-url'))]);
      const now = JSON.stringify([video.state, video.progress, jobs.items]);
      const hasChanged = now !== before;
      before = now;
      this.#show(video, jobs.items);
      return { hasChanged, isOver: video.state === 'ready' || video.state === 'failed' };
    }, this.#life.signal);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #show(video, jobs) {
    const hasNewRows = jobs.some((job) => this.querySelector(`[data-job="${CSS.escape(String(job.id))}"]`) === null);
    if (video.state !== this.getAttribute('state') || hasNewRows) {
      this.#reload();
      return;
    }
    const bar = this.querySelector('[data-overall]');
    if (bar) bar.value = video.progress;
    const text = this.querySelector('[data-overall-text]');
    if (text) text.textContent = percent(video.progress);
    for (const job of jobs) this.#showJob(job);
  }

  #showJob(job) {
    const row = this.querySelector(`[data-job="${CSS.escape(String(job.id))}"]`);
    row.dataset.state = job.state;
    const isRunning = job.state === 'running';
    const bar = row.querySelector('progress');
    if (bar) {
      bar.hidden = !isRunning;
      bar.value = job.progress;
    }
    row.querySelector('[data-status]').textContent = isRunning
      ? [percent(job.progress), job.secondsLeft == null ? '' : timeLeft(job.secondsLeft)].filter(Boolean).join(' · ')
      : words[job.state];
    for (const form of row.querySelectorAll('form[data-when]')) {
      form.hidden = !form.dataset.when.split(' ').includes(job.state);
    }
    const problem = row.querySelector('[data-problem]');
    if (problem) {
      problem.hidden = !job.problem;
      problem.textContent = job.problem?.message ?? '';
    }
  }

  #reload() {
    if (this.#life.signal.aborted || reloadGently(this)) return;
    this.#life.abort();
  }
}

async function read(url) {
  const response = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

customElements.define('video-progress', VideoProgress);
