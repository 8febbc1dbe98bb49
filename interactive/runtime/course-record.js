// @ts-check
// Tells a course system (SCORM 1.2) when a lesson is finished, and how many of its questions were right at first.
// A lesson never waits for it: a system that is missing, refuses or breaks down costs the record, not the lesson.

/** @typedef {"LMSInitialize" | "LMSGetValue" | "LMSSetValue" | "LMSCommit" | "LMSFinish"} Verb */
/** @typedef {Record<Verb, (...said: string[]) => unknown>} CourseSystem */
/** @typedef {"right" | "wrong" | "open"} Answer */

const SENTENCES = {
  missing: "There is no course system here, so nothing is recorded. All else works.",
  refused: "The course system does not answer, so nothing is recorded. All else works.",
  lost: "The course system did not take that, so it may not be recorded. All else works.",
  finished: "Your course has this lesson as finished.",
};

/** What a system keeps between two visits: one letter a question. @type {Record<Answer, string>} */
const LETTERS = { right: "r", wrong: "w", open: "-" };

const FINISHED = ["completed", "passed", "failed"];

/** Windows may lie within windows for ever. */
const WINDOWS_AT_MOST = 30;

class CourseRecord extends HTMLElement {
  /** @type {CourseSystem | undefined} */
  #system;
  /** @type {Answer[]} */
  #answers = [];
  /** What is finished stays as it is: nobody wants to lose a score by reading again. */
  #finished = false;

  connectedCallback() {
    document.addEventListener("toggle", this, true); // it does not bubble
    window.addEventListener("pagehide", this);
    this.#begin();
  }

  disconnectedCallback() {
    document.removeEventListener("toggle", this, true);
    window.removeEventListener("pagehide", this);
  }

  /** @param {Event} event */
  handleEvent({ type, target }) {
    if (type === "pagehide") this.#end();
    else if (target instanceof HTMLDetailsElement && target.open && this.#answer(target)) this.#report();
  }

  #begin() {
    const all = this.#questions.length;
    this.#answers = Array(all).fill("open");
    const system = courseSystem();
    if (!system) return this.#say(SENTENCES.missing);
    if (ask(system, "LMSInitialize", "") !== "true") return this.#say(SENTENCES.refused);
    this.#system = system;
    this.#finished = FINISHED.includes(ask(system, "LMSGetValue", "cmi.core.lesson_status"));
    if (this.#finished) return this.#say(SENTENCES.finished);
    this.#answers = answersIn(ask(system, "LMSGetValue", "cmi.suspend_data"), all) ?? this.#answers;
    // opened before this script came
    for (const option of document.querySelectorAll("details[open]")) this.#answer(option);
    this.#report();
  }

  /**
   * The first option that is opened is the answer; the others are there to be read.
   * @param {Element} option
   * @returns {boolean} whether it is news
   */
  #answer(option) {
    const place = this.#questions.findIndex((question) => question.contains(option));
    if (!this.#system || this.#finished || this.#answers[place] !== "open") return false;
    this.#answers[place] = option.querySelector(".right") ? "right" : "wrong";
    return true;
  }

  #report() {
    const all = this.#answers.length;
    this.#finished = !this.#answers.includes("open");
    const taken = this.#set({
      "cmi.suspend_data": this.#answers.map((answer) => LETTERS[answer]).join(""),
      ...(this.#finished && all && {
        "cmi.core.score.min": "0",
        "cmi.core.score.max": "100",
        "cmi.core.score.raw": String(Math.round((100 * this.#right) / all)),
      }),
      "cmi.core.lesson_status": this.#finished ? "completed" : "incomplete",
      "cmi.core.exit": "suspend", // or what was answered is forgotten when the lesson is left half-way
    });
    if (taken) this.#tell();
  }

  /**
   * @param {Record<string, string>} values
   * @returns {boolean} whether the system has taken them all
   */
  #set(values) {
    const system = this.#system;
    if (!system) return false;
    const taken = Object.entries(values).map(([name, value]) => ask(system, "LMSSetValue", name, value));
    const all = [...taken, ask(system, "LMSCommit", "")].every((reply) => reply === "true");
    if (!all) this.#say(SENTENCES.lost);
    return all;
  }

  #end() {
    if (this.#system) ask(this.#system, "LMSFinish", "");
    this.#system = undefined;
  }

  #tell() {
    const all = this.#answers.length;
    const answered = this.#answers.filter((answer) => answer !== "open").length;
    const right = `${this.#right} of ${all} right at first`;
    if (this.#finished) this.#say(`${SENTENCES.finished} You had ${right}.`);
    else this.#say(`Your course is connected. You have answered ${answered} of ${all} questions.`);
  }

  get #right() {
    return this.#answers.filter((answer) => answer === "right").length;
  }

  get #questions() {
    return [...document.querySelectorAll(".self-check")];
  }

  /** @param {string} sentence */
  #say(sentence) {
    const says = this.querySelector("[role=status]");
    if (says && says.textContent !== sentence) says.textContent = sentence;
  }
}

/**
 * Look for the course system where SCORM says it is: in a window around this one, or in the one that opened it.
 * @returns {CourseSystem | undefined}
 */
function courseSystem() {
  /** @type {Window} */
  let place = window;
  for (let seen = 0; seen < WINDOWS_AT_MOST; seen++) {
    try {
      const { API } = /** @type {Window & {API?: CourseSystem}} */ (place);
      if (API) return API;
    } catch {
      // a window of another site keeps its things to itself
    }
    const next = place.parent === place ? place.opener : place.parent;
    if (!next) return undefined;
    place = next;
  }
  return undefined;
}

/**
 * @param {CourseSystem} system
 * @param {Verb} verb
 * @param {string[]} said
 * @returns {string} "false" where the system breaks down, as where it refuses
 */
function ask(system, verb, ...said) {
  try {
    return String(system[verb](...said));
  } catch {
    return "false";
  }
}

/**
 * @param {string} kept
 * @param {number} questions
 * @returns {Answer[] | undefined} nothing where these are answers to other questions, or none at all
 */
function answersIn(kept, questions) {
  const names = /** @type {Answer[]} */ (Object.keys(LETTERS));
  const answers = [...kept].map((letter) => names.find((name) => LETTERS[name] === letter));
  return answers.length === questions && !answers.includes(undefined) ? /** @type {Answer[]} */ (answers) : undefined;
}

// as the site does before anybody has chosen
if (matchMedia("(prefers-color-scheme: dark)").matches) document.body.dataset.mdColorScheme = "slate";
customElements.define("course-record", CourseRecord);
