"""Other exercises for the same legs: what speaks for each, what against it, and how well that is known."""

from dataclasses import dataclass

from interactive.model.cited import Cited, one_of
from interactive.model.evidence import BELT_SQUAT_LESS_IMPULSE

# a table: what a number is, then where it comes from
# fmt: off
BELT_SQUAT_LESS_GLUTES = Cited(
    value=35.2, unit="%", low=32.1, high=35.2,
    source="Joseph2020, abstract, gluteus maximus, impulse; 32.1 at the peak",
)
BELT_SQUAT_PEOPLE = Cited(
    value=10.0, unit="people", low=10.0, high=10.0, source="Joseph2020, abstract",
)
BULGARIAN_LOAD = Cited(
    value=35.0, unit="%", low=35.0, high=35.0,
    source="Mackey2021, abstract, of the back squat's one-repetition maximum",
)
BULGARIAN_COMPARED_LOAD = Cited(
    value=70.0, unit="%", low=70.0, high=70.0,
    source="Mackey2021, abstract, the back squat it was compared with",
)
BULGARIAN_PEOPLE = Cited(
    value=20.0, unit="men", low=20.0, high=20.0, source="Mackey2021, abstract",
)
# fmt: on

IN_PEOPLE = "measured in people"
MECHANICS = "from mechanics"
EXPERIENCE = "coaches' experience"

BELT_MACHINE, HACK_MACHINE = "belt squat machine", "hack squat machine"
DUMBBELLS, STEP = "dumbbells", "step or bench"
EQUIPMENT = (BELT_MACHINE, HACK_MACHINE, DUMBBELLS, STEP)

LEGS, QUADS, GLUTES, ONE_LEG = "legs", "quads", "glutes", "one-leg"
GOALS = (LEGS, QUADS, GLUTES, ONE_LEG)

NOTHING, ROUNDING, BACK_LOAD = "nothing", "rounding", "back-load"
SHOULDERS, KNEES, BALANCE = "shoulders", "knees", "balance"
BOTHERS = (NOTHING, ROUNDING, BACK_LOAD, SHOULDERS, KNEES, BALANCE)


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for an exercise or against it.

    Attributes:
        topics: the goals and bothers that it answers to.
        speaks_for: whether it speaks for the exercise.
        words: a sentence; each {} stands for one of the numbers.
        evidence: how well it is known: one of the site's labels.
        numbers: the numbers in the sentence.
        source: key in content/references.bib; empty where it follows from mechanics or experience.
    """

    topics: tuple[str, ...]
    speaks_for: bool
    words: str
    evidence: str
    numbers: tuple[Cited, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise, as far as a low back is concerned.

    Attributes:
        name: as gyms call it.
        needs: the equipment without which it cannot be done.
        load_sits: where the weight rests on the body.
        trunk: how the trunk stands.
        legs: whether one leg works or both.
        balance: who keeps the balance.
        reasons: what speaks for it and against it.
    """

    name: str
    needs: tuple[str, ...]
    load_sits: str
    trunk: str
    legs: str
    balance: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Ranked:
    """An exercise that is possible, with the reasons that count for this reader."""

    exercise: Exercise
    speaking_for: tuple[Reason, ...]
    speaking_against: tuple[Reason, ...]

    @property
    def balance(self) -> int:
        """How many more reasons speak for it than against it."""
        return len(self.speaking_for) - len(self.speaking_against)


LEG_PRESS = Exercise(
    name="Leg press",
    needs=(),
    load_sits="on the feet, held by the pad behind the pelvis",
    trunk="held by the backrest, folded against the thighs",
    legs="both",
    balance="the rail keeps it",
    reasons=(
        Reason((LEGS, BALANCE), True, "Heavy weights without balancing.", MECHANICS),
        Reason(
            (ROUNDING,),
            False,
            "A deep press folds the hips until the low back rounds under load.",
            MECHANICS,
            source="Bohannon1985",
        ),
    ),
)

EXERCISES = (
    Exercise(
        name="Belt squat",
        needs=(BELT_MACHINE,),
        load_sits="on a belt around the hips",
        trunk="free, usually upright",
        legs="both",
        balance="you, often with a handle",
        reasons=(
            Reason(
                (BACK_LOAD, SHOULDERS),
                True,
                "The weight hangs from the hips, so nothing presses on shoulders and spine from above.",
                MECHANICS,
            ),
            Reason(
                (BACK_LOAD,),
                True,
                "The low back's muscles worked {} less than in a back squat, in {}.",
                IN_PEOPLE,
                (BELT_SQUAT_LESS_IMPULSE, BELT_SQUAT_PEOPLE),
                "Joseph2020",
            ),
            Reason(
                (ROUNDING,),
                True,
                "The trunk may stay upright, which folds the hips less at the same depth.",
                MECHANICS,
            ),
            Reason(
                (LEGS, QUADS),
                True,
                "The thighs worked about as hard as in a back squat, in {}.",
                IN_PEOPLE,
                (BELT_SQUAT_PEOPLE,),
                "Joseph2020",
            ),
            Reason(
                (GLUTES,),
                False,
                "The glutes worked {} less than in a back squat, in {}.",
                IN_PEOPLE,
                (BELT_SQUAT_LESS_GLUTES, BELT_SQUAT_PEOPLE),
                "Joseph2020",
            ),
        ),
    ),
    Exercise(
        name="Hack squat",
        needs=(HACK_MACHINE,),
        load_sits="on the shoulders, under pads",
        trunk="held by the backrest, often more upright",
        legs="both",
        balance="the rail keeps it",
        reasons=(
            Reason(
                (ROUNDING,),
                True,
                "Hips and trunk stand more in line than in a leg press, so the hips fold less.",
                MECHANICS,
            ),
            Reason(
                (BACK_LOAD,),
                True,
                "The trunk's muscles worked less than in a back squat with a load as hard.",
                IN_PEOPLE,
                source="Clark2019",
            ),
            Reason(
                (BACK_LOAD, SHOULDERS),
                False,
                "The shoulder pads press along the spine.",
                MECHANICS,
            ),
            Reason((LEGS, BALANCE), True, "Heavy weights without balancing.", MECHANICS),
            Reason((QUADS,), True, "It is known for hard work of the front thighs.", EXPERIENCE),
            Reason((KNEES,), False, "Going deep bends the knees far.", MECHANICS),
        ),
    ),
    Exercise(
        name="Dumbbell goblet squat",
        needs=(DUMBBELLS,),
        load_sits="in the hands, before the chest",
        trunk="upright, with the weight as a counterweight",
        legs="both",
        balance="you",
        reasons=(
            Reason(
                (ROUNDING,),
                True,
                "The weight in front lets the trunk stay upright, which folds the hips less.",
                MECHANICS,
            ),
            Reason(
                (BACK_LOAD,),
                True,
                "The arms can hold only so much, which keeps the load small.",
                MECHANICS,
            ),
            Reason((SHOULDERS,), True, "Nothing lies on the shoulders.", MECHANICS),
            Reason((LEGS, QUADS), False, "The arms may tire before strong legs do.", EXPERIENCE),
        ),
    ),
    Exercise(
        name="Step-up",
        needs=(STEP,),
        load_sits="in the hands, or none but your own",
        trunk="upright, a little forward",
        legs="one at a time",
        balance="you, on one leg",
        reasons=(
            Reason(
                (BACK_LOAD,),
                True,
                "One leg works at a time, so about half the weight is enough.",
                MECHANICS,
            ),
            Reason((SHOULDERS,), True, "The weight hangs in the hands.", MECHANICS),
            Reason(
                (ROUNDING, KNEES),
                True,
                "The height of the step decides how far hip and knee fold.",
                MECHANICS,
            ),
            Reason((ONE_LEG, GLUTES), True, "It trains hip and core to stay steady.", EXPERIENCE),
            Reason((BALANCE,), False, "You stand on one leg.", MECHANICS),
        ),
    ),
    Exercise(
        name="Bulgarian split squat",
        needs=(STEP,),
        load_sits="in the hands, or none but your own",
        trunk="upright, a little forward",
        legs="one at a time",
        balance="you, with the rear foot up",
        reasons=(
            Reason(
                (BACK_LOAD,),
                True,
                "It was done with {} of the best back squat where the back squat itself took {}, "
                "and the hip moved as far, in {}.",
                IN_PEOPLE,
                (BULGARIAN_LOAD, BULGARIAN_COMPARED_LOAD, BULGARIAN_PEOPLE),
                "Mackey2021",
            ),
            Reason((SHOULDERS,), True, "The weight hangs in the hands.", MECHANICS),
            Reason(
                (GLUTES,),
                True,
                "The hip works far harder than the knee, in {}.",
                IN_PEOPLE,
                (BULGARIAN_PEOPLE,),
                "Mackey2021",
            ),
            Reason(
                (KNEES,),
                True,
                "The knee moved less than in a back squat, in {}.",
                IN_PEOPLE,
                (BULGARIAN_PEOPLE,),
                "Mackey2021",
            ),
            Reason((ONE_LEG,), True, "It trains hip and core to stay steady.", EXPERIENCE),
            Reason((BALANCE,), False, "Only the front foot stands firm.", MECHANICS),
        ),
    ),
)


def ranked_exercises(equipment: tuple[str, ...], goal: str, bother: str) -> tuple[Ranked, ...]:
    """Return the exercises that this equipment allows, those with most reasons for them first.

    Each reason counts as one, for or against; where as many speak, the order is that of EXERCISES.

    Args:
        equipment: what there is, of EQUIPMENT.
        goal: one of GOALS.
        bother: one of BOTHERS.

    Returns:
        Exercises with the reasons that answer to goal or bother; empty without any equipment.

    Raises:
        NotOffered: a goal, a bother or a piece of equipment that is not in its list.

    Source:
        Each reason names its own, or says that it follows from mechanics or from experience.

    Example:
        >>> ranked = ranked_exercises(EQUIPMENT, LEGS, BACK_LOAD)
        >>> ranked[0].exercise.name, ranked[0].balance
        ('Belt squat', 3)
    """
    for piece in equipment:
        one_of("equipment", piece, EQUIPMENT)
    one_of("goal", goal, GOALS)
    one_of("bother", bother, BOTHERS)
    possible = [
        exercise for exercise in EXERCISES if all(needed in equipment for needed in exercise.needs)
    ]
    ranked = [reasoned(exercise, goal, bother) for exercise in possible]
    # a stable sort keeps the order of the table where as many reasons speak
    return tuple(sorted(ranked, key=lambda one: -one.balance))


def reasoned(exercise: Exercise, goal: str, bother: str) -> Ranked:
    """Return an exercise with the reasons that answer to a goal or a bother.

    Example:
        >>> [reason.words for reason in reasoned(LEG_PRESS, LEGS, NOTHING).speaking_for]
        ['Heavy weights without balancing.']
    """
    heard = [r for r in exercise.reasons if goal in r.topics or bother in r.topics]
    return Ranked(
        exercise,
        tuple(reason for reason in heard if reason.speaks_for),
        tuple(reason for reason in heard if not reason.speaks_for),
    )
