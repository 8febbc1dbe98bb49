// @ts-check
// What a widget says, in the language of its page: English where the page's catalogue has no words for it.

export class Words {
  /** English sentences, their parts in braces, to those of another language. @type {Record<string, string> | undefined} */
  catalogue;

  /** @param {HTMLElement} widget */
  constructor(widget) {
    this.catalogue = widget.dataset.words ? JSON.parse(widget.dataset.words) : undefined;
  }

  /**
   * @param {string} sentence in English, with each part that changes in braces
   * @param {Record<string, string | number>} [parts]
   * @returns {string}
   */
  say(sentence, parts = {}) {
    const said = this.catalogue?.[sentence] ?? sentence;
    return said.replace(/\{(\w+)\}/g, (whole, name) => String(parts[name] ?? whole));
  }
}
