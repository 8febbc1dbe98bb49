// @ts-check
// The controls of one widget: reads what they say and sets them. Values are metric; a slider may show pounds or inches.

/** @typedef {import("./fragment.js").Inputs} Inputs */
/** @typedef {{unit: string, min: number, max: number, step: number, factor: number, feet: boolean}} Grid */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

export class Controls {
  /** @type {HTMLElement} */
  #root;
  #words;
  /** What no control shows, and the starting value of what one does. @type {Inputs} */
  #inputs;

  /**
   * @param {HTMLElement} root the widget
   * @param {import("./words.js").Words} words
   */
  constructor(root, words) {
    this.#root = root;
    this.#words = words;
    this.#inputs = JSON.parse(root.dataset.inputs ?? "{}");
  }

  /** @returns {Control[]} */
  get #all() {
    return [.../** @type {NodeListOf<Control>} */ (this.#root.querySelectorAll("[name]"))];
  }

  /** @returns {Inputs} every input of the widget, in the units of the model */
  get values() {
    const values = { ...this.#inputs };
    for (const control of this.#all) values[control.name] = valueOf(control);
    return values;
  }

  /**
   * Set inputs, shown or not; what is not named stays.
   * @param {Inputs} values
   * @returns {boolean} whether each control could take its value; otherwise nothing is to be relied on
   */
  set(values) {
    if (typeof values.units === "string") this.#regrid(values.units);
    let taken = true;
    for (const control of this.#all) {
      if (control.name in values) taken = setValue(control, values[control.name]) && taken;
      if (isSlider(control)) this.showNumber(control);
    }
    for (const field of Object.keys(values)) this.#inputs[field] = values[field];
    this.nameMachine();
    return taken;
  }

  /**
   * Show a slider's number beside it and to those who do not see it.
   * @param {HTMLInputElement} slider
   */
  showNumber(slider) {
    const unit = unitText(slider);
    slider.setAttribute("aria-valuetext", slider.value + unit);
    const twin = this.twinOf(slider);
    twin.value = slider.value;
    const written = twin.parentElement?.querySelector(".widget-unit");
    if (written) written.textContent = unit;
  }

  /**
   * @param {HTMLInputElement} slider
   * @returns {HTMLInputElement} the box in which its number can be typed
   */
  twinOf(slider) {
    return /** @type {HTMLInputElement} */ (this.#root.querySelector(`[data-twin="${slider.name}"]`));
  }

  /**
   * @param {HTMLInputElement} twin
   * @returns {HTMLInputElement}
   */
  sliderOf(twin) {
    return /** @type {HTMLInputElement} */ (this.#root.querySelector(`[name="${twin.dataset.twin}"]`));
  }

  /** After the units were switched: each slider to its nearest stop on the other grid. */
  switchUnits() {
    this.set(this.values);
  }

  /** Let the list of machines say which one stands there now, if it is one of them. */
  nameMachine() {
    const list = /** @type {HTMLSelectElement | null} */ (this.#root.querySelector(".widget-machine"));
    if (!list) return;
    const { values } = this;
    const standing = [...list.options].find(
      (option) =>
        option.dataset.set && Object.entries(JSON.parse(option.dataset.set)).every(([field, value]) => values[field] === value),
    );
    list.value = standing?.value ?? "";
  }

  /**
   * @param {string} field
   * @param {number | string | boolean} value
   * @returns {string} a value in words, with the label of its control
   */
  told(field, value) {
    const control = this.#all.find(({ name }) => name === field);
    const label = control?.labels?.[0]?.textContent ?? field.replaceAll("_", " ");
    if (!control) return `${label} ${value}`;
    if (control instanceof HTMLSelectElement) return `${label}: ${control.selectedOptions[0]?.textContent}`;
    return `${label} ${isSlider(control) ? control.value + unitText(control) : this.#words.say(value ? "yes" : "no")}`;
  }

  /** @param {string} units */
  #regrid(units) {
    for (const control of this.#all) {
      const grid = control.dataset.grids && JSON.parse(control.dataset.grids)[units];
      if (!grid || !isSlider(control)) continue;
      const metric = valueOf(control);
      control.dataset.units = units;
      for (const input of [control, this.twinOf(control)]) {
        for (const side of ["min", "max", "step"]) input.setAttribute(side, String(grid[side]));
      }
      setValue(control, metric);
    }
  }
}

/**
 * @param {Control} control
 * @returns {control is HTMLInputElement}
 */
function isSlider(control) {
  return control instanceof HTMLInputElement && control.type === "range";
}

/**
 * @param {HTMLInputElement} slider
 * @returns {Grid | undefined} none where it knows one kind of units only
 */
function gridOf(slider) {
  if (!slider.dataset.grids) return undefined;
  const grids = JSON.parse(slider.dataset.grids);
  return Object.values(grids).find((grid) => Number(slider.step) === grid.step && Number(slider.max) === grid.max);
}

/**
 * @param {Control} control
 * @returns {number | string | boolean}
 */
function valueOf(control) {
  if (control instanceof HTMLSelectElement) return control.value;
  if (control.type === "checkbox") return control.checked;
  const factor = gridOf(control)?.factor ?? 1;
  return factor === 1 ? control.valueAsNumber : Math.round(control.valueAsNumber * factor * 100) / 100;
}

/**
 * @param {Control} control
 * @param {number | string | boolean} value in the units of the model
 * @returns {boolean} whether the control now stands there, or on the nearest stop of the reader's units
 */
function setValue(control, value) {
  if (control instanceof HTMLSelectElement) {
    const known = [...control.options].some((option) => option.value === value);
    if (known) control.value = String(value);
    return known;
  }
  if (control.type === "checkbox") {
    control.checked = value === true;
    return typeof value === "boolean";
  }
  const grid = gridOf(control);
  const wanted = grid && grid.factor !== 1 ? Math.round(Number(value) / grid.factor / grid.step) * grid.step : Number(value);
  const low = Number(control.min);
  const inside = wanted >= low - Number(control.step) && wanted <= Number(control.max) + Number(control.step);
  control.value = String(wanted);
  return inside && (Boolean(grid) || Math.abs(control.valueAsNumber - wanted) < 1e-6);
}

/**
 * @param {HTMLInputElement} slider
 * @returns {string} what stands behind its number
 */
function unitText(slider) {
  const grid = gridOf(slider);
  if (!grid) return slider.dataset.unit ?? "";
  const inches = slider.valueAsNumber;
  return `\u00a0${grid.unit}` + (grid.feet ? ` (${Math.floor(inches / 12)}\u00a0ft\u00a0${inches % 12}\u00a0in)` : "");
}
