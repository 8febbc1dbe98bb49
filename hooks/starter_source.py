"""Turns the sources of `interactive` into what MicroPython runs, without anybody writing down to it.

What MicroPython lacks or does otherwise becomes a call into `hooks.starter_library`; dataclasses become plain
classes; annotations, docstrings and comments stay behind. What cannot be carried is named with file and line,
and the widgets that need it simply have no starter.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LIBRARY = "starter_library"
_HERE = "_m"  # the library's name in every module: short, as it is written often


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# standard names that the library stands in for, and standard modules that MicroPython has as CPython does
STAND_INS = {
    "collections.abc": {"Mapping", "Sequence"},
    "dataclasses": {"MISSING", "asdict", "fields", "is_dataclass", "replace"},
    "functools": {"cache", "cached_property", "lru_cache", "partial", "reduce"},
    "importlib": {"import_module"},
    "itertools": {"accumulate", "chain", "count", "pairwise", "product"},
    "json": {"dumps", "loads"},
    "math": {"dist", "hypot", "log1p", "prod"},
    "operator": {"attrgetter", "itemgetter"},
    "pkgutil": {"get_data", "iter_modules"},
    "typing": {"Annotated", "assert_never", "cast", "get_args", "get_origin", "get_type_hints"},
}
NATIVE = {
    "cmath": _words("cos e exp log log10 phase pi polar rect sin sqrt"),
    "math": _words(
        "acos acosh asin asinh atan atan2 atanh ceil copysign cos cosh degrees e erf erfc exp expm1 fabs factorial "
        "floor fmod frexp gamma inf isclose isfinite isinf isnan ldexp lgamma log log10 log2 modf nan pi pow "
        "radians sin sinh sqrt tan tanh tau trunc"
    ),
}
_FUNCTIONS = {"round": "round_", "sum": "sum_", "sorted": "sorted_", "repr": "repr_"}
_FUNCTIONS |= {"format": "format_", "vars": "vars_"}
_METHODS = _words(
    "bit_length capitalize casefold conjugate is_integer isalnum isalpha isascii isdigit islower isspace isupper "
    "ljust lower removeprefix removesuffix rjust title translate upper zfill"
)
_BUILTINS = _words(
    "ArithmeticError AssertionError AttributeError BaseException EOFError Ellipsis Exception GeneratorExit ImportError "
    "IndexError KeyError LookupError MemoryError NameError NotImplementedError OSError OverflowError RuntimeError "
    "StopIteration SyntaxError TypeError ValueError ZeroDivisionError abs all any bool bytearray bytes callable chr "
    "classmethod complex delattr dict divmod enumerate filter float frozenset getattr hasattr hash hex id int isinstance "
    "issubclass iter len list map max min next object open oct ord pow print property range reversed set setattr slice "
    "staticmethod str super tuple type zip True False None NotImplemented __name__ __file__"
)
_DROPPED_DECORATORS = {"final", "override", "runtime_checkable", "abstractmethod", "no_type_check"}
_DROPPED_BASES = {"Protocol", "Generic", "ABC", "object"}
_MANGLED = {"__qualname__": "__name__"}


@dataclass(frozen=True)
class NotCarried:
    """A construct that the starter cannot run."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: the starter cannot carry {self.what}"


@dataclass
class Source:
    """One module of the package: what it says, and what it becomes."""

    name: str
    path: str
    tree: ast.Module
    is_package: bool
    imports: dict[str, str] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    unions: set[str] = field(default_factory=set)
    text: str = ""
    problems: list[NotCarried] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)


class Program:
    """All modules of one package, seen together: who imports whom, and who takes named arguments."""

    def __init__(self, room: Path) -> None:
        self.sources: dict[str, Source] = {}
        for path in sorted(room.rglob("*.py")):
            parts = path.relative_to(room.parent).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            place = str(path.relative_to(room.parent))
            self.sources[name] = Source(name, place, ast.parse(path.read_text()), is_package)
        for source in self.sources.values():
            self._index(source)
        for source in self.sources.values():
            _Carrier(self, source).carry()

    def closure(self, names: Iterable[str]) -> list[Source]:
        """Return these modules and all that they need, packages above them included, in order of name."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found or name not in self.sources:
                continue
            found.add(name)
            waiting += self.sources[name].needs
            waiting.append(name.rpartition(".")[0])
        return [self.sources[name] for name in sorted(found)]

    def resolve(self, source: Source, node: ast.expr) -> str:
        """Return the full name of what an expression names, or nothing."""
        if isinstance(node, ast.Name):
            if node.id in source.imports:
                return source.imports[node.id]
            if node.id in source.functions or node.id in source.classes or node.id in source.unions:
                return f"{source.name}.{node.id}"
            return ""
        if isinstance(node, ast.Attribute):
            above = self.resolve(source, node.value)
            return f"{above}.{node.attr}" if above else ""
        return ""

    def function(self, full: str) -> ast.FunctionDef | None:
        """Return the definition of a function of the package by its full name."""
        module, _, name = full.rpartition(".")
        return self.sources[module].functions.get(name) if module in self.sources else None

    def named_class(self, full: str) -> tuple[Source, ast.ClassDef] | None:
        """Return a class of the package by its full name, and where it stands."""
        module, _, name = full.rpartition(".")
        source = self.sources.get(module)
        return (source, source.classes[name]) if source and name in source.classes else None

    def is_union(self, full: str) -> bool:
        """Whether a name stands for several types."""
        module, _, name = full.rpartition(".")
        return module in self.sources and name in self.sources[module].unions

    def _index(self, source: Source) -> None:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    source.imports[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    source.imports[bound] = alias.name if alias.asname else bound
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef):
                source.functions[node.name] = node
            elif isinstance(node, ast.ClassDef):
                source.classes[node.name] = node
        for node in source.tree.body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.BinOp)
                and isinstance(node.value.op, ast.BitOr)
                and all(_is_type(self, source, part) for part in _parts(node.value))
            ):
                source.unions |= {t.id for t in node.targets if isinstance(t, ast.Name)}


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the types of a union `A | B`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _parts(node.left)
        yield from _parts(node.right)
    else:
        yield node


def _is_type(program: Program, source: Source, node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is None
    if isinstance(node, ast.Name) and isinstance(getattr(builtins, node.id, None), type):
        return True
    full = program.resolve(source, node)
    module, _, name = full.rpartition(".")
    return module in program.sources and name in program.sources[module].classes


@dataclass(frozen=True)
class _Field:
    name: str
    init: bool
    kw_only: bool
    default: ast.expr | None
    factory: ast.expr | None
    hint: ast.expr


class _Carrier(ast.NodeTransformer):
    """Carries one module over."""

    def __init__(self, program: Program, source: Source) -> None:
        self.program, self.source = program, source
        self.constants: dict[str, ast.expr] = {}
        self.fresh = 0

    def carry(self) -> None:
        tree = self.visit(self.source.tree)
        used = {
            n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        }
        body = []
        for node in tree.body:
            if isinstance(node, ast.ImportFrom | ast.Import):
                body += self._import(node, used)
            else:
                body.append(node)
        constants = [
            ast.Assign([ast.Name(name, ast.Store())], value)
            for name, value in self.constants.items()
        ]
        head = [ast.parse(f"import {LIBRARY} as {_HERE}").body[0]] if _HERE in used else []
        tree.body = [*head, *constants, *body]
        self._refuse_unknown_names(tree)
        self.source.text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"

    # ---- messages and small parts

    def refuse(self, node: ast.AST, what: str) -> None:
        line = getattr(node, "lineno", 1)
        self.source.problems.append(NotCarried(f"{self.source.path}:{line}", what))

    def full(self, node: ast.expr) -> str:
        return self.program.resolve(self.source, node)

    def library(self, name: str) -> ast.expr:
        return ast.Attribute(ast.Name(_HERE, ast.Load()), name, ast.Load())

    def call(self, name: str, *given: ast.expr, **named: ast.expr) -> ast.Call:
        keywords = [ast.keyword(key, value) for key, value in named.items()]
        return ast.Call(self.library(name), list(given), keywords)

    def temporary(self) -> str:
        self.fresh += 1
        return f"_t{self.fresh}"

    def body(self, nodes: Sequence[ast.stmt]) -> list[ast.stmt]:
        """Carry statements over; a docstring stays behind."""
        kept = [
            node
            for node in nodes
            if not (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            )
        ]
        found: list[ast.stmt] = []
        for node in kept:
            carried = self.visit(node)
            if isinstance(carried, list):
                found += carried
            elif carried is not None:
                found.append(carried)
        return found or [ast.Pass()]

    # ---- modules and imports

    def visit_Module(self, node: ast.Module) -> ast.Module:
        return ast.Module(self.body(node.body), [])

    def _import(self, node: ast.Import | ast.ImportFrom, used: set[str]) -> list[ast.stmt]:
        """Return the imports that are still needed once annotations are gone."""
        kept: list[ast.stmt] = []
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            if bound not in used:
                continue
            module = node.module if isinstance(node, ast.ImportFrom) else alias.name
            if isinstance(node, ast.ImportFrom) and node.level:
                self.refuse(node, "a relative import")
            elif module in self.program.sources:
                self._need(f"{module}.{alias.name}" if isinstance(node, ast.ImportFrom) else module)
                kept.append(
                    ast.ImportFrom(module, [alias], 0)
                    if isinstance(node, ast.ImportFrom)
                    else ast.Import([alias])
                )
            elif isinstance(node, ast.Import):
                if module in NATIVE or module == "sys":
                    kept.append(ast.Import([alias]))
                elif module not in STAND_INS:
                    self.refuse(node, f"the module {module}")
                    kept.append(ast.Import([alias]))
            elif alias.name in STAND_INS.get(module or "", ()):
                kept.append(ast.ImportFrom(LIBRARY, [alias], 0))
            elif alias.name in NATIVE.get(module or "", ()):
                kept.append(ast.ImportFrom(module, [alias], 0))
            else:
                self.refuse(node, f"{module}.{alias.name}")
                kept.append(ast.ImportFrom(module, [alias], 0))
        return kept

    def _need(self, full: str) -> None:
        module = full if full in self.program.sources else full.rpartition(".")[0]
        self.source.needs.add(module)

    def visit_If(self, node: ast.If) -> object:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        node.test = self.visit(node.test)
        node.body = self.body(node.body)
        node.orelse = self.body(node.orelse) if node.orelse else []
        return node

    def visit_TypeAlias(self, node: ast.TypeAlias) -> None:
        return None

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.refuse(node, "async")

    # ---- functions

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef | None:
        names = {
            decorator.id for decorator in node.decorator_list if isinstance(decorator, ast.Name)
        }
        if "overload" in names:
            return None
        given = node.args
        given.args = [*given.posonlyargs, *given.args]
        given.posonlyargs = []
        everyone = [*given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        for argument in everyone:
            if argument:
                argument.annotation = None
        given.defaults = [self.visit(default) for default in given.defaults]
        given.kw_defaults = [default and self.visit(default) for default in given.kw_defaults]
        decorators: list[ast.expr] = [
            self.visit(decorator)
            for decorator in node.decorator_list
            if not (isinstance(decorator, ast.Name) and decorator.id in _DROPPED_DECORATORS)
        ]
        body = self.body(node.body)
        if given.kwarg:
            name = given.kwarg.arg
            given.kwonlyargs.append(ast.arg("_named"))
            given.kw_defaults.append(ast.Tuple([], ast.Load()))
            value = self.call("named", ast.Name("_named", ast.Load()), ast.Name(name, ast.Load()))
            body.insert(0, ast.Assign([ast.Name(name, ast.Store())], value))
        node.body, node.decorator_list, node.returns, node.type_params = body, decorators, None, []
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        if node.args.kwarg:
            self.refuse(node, "a lambda with **")
        self.generic_visit(node)
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        node.target, node.iter = self.visit(node.target), self.visit(node.iter)
        node.body = self.body(node.body)
        node.orelse = self.body(node.orelse) if node.orelse else []
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign([node.target], self.visit(node.value)), node)

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        if isinstance(node.value, ast.BinOp) and any(
            isinstance(target, ast.Name) and target.id in self.source.unions
            for target in node.targets
        ):
            node.value = self._types(node.value)
            return node
        self.generic_visit(node)
        return node

    # ---- classes

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        if node.keywords:
            self.refuse(node, "a class with keywords")
        bases = []
        for base in node.bases:
            bare = base.value if isinstance(base, ast.Subscript) else base
            name = bare.id if isinstance(bare, ast.Name) else getattr(bare, "attr", "")
            known = self.program.named_class(self.full(bare)) or isinstance(
                getattr(builtins, name, None), type
            )
            if name in _DROPPED_BASES:
                continue
            if not known:
                self.refuse(node, f"a class derived from {name}")
            bases.append(self.visit(bare))
        settings = [self._dataclass_settings(decorator) for decorator in node.decorator_list]
        decorators = [
            decorator
            for decorator, setting in zip(node.decorator_list, settings, strict=True)
            if setting is None
            and not (isinstance(decorator, ast.Name) and decorator.id in _DROPPED_DECORATORS)
        ]
        if decorators:
            self.refuse(node, "a class with a decorator")
        setting = next((setting for setting in settings if setting is not None), None)
        module = ast.Assign([ast.Name("__module__", ast.Store())], ast.Constant(self.source.name))
        body = self.body(node.body) if setting is None else self._dataclass(node, setting)
        slots = [
            part
            for part in body
            if not (
                isinstance(part, ast.Assign)
                and isinstance(part.targets[0], ast.Name)
                and part.targets[0].id in ("__slots__", "__match_args__")
            )
        ]
        return ast.ClassDef(node.name, bases, [], [module, *slots], [], type_params=[])

    def _dataclass_settings(self, decorator: ast.expr) -> dict[str, bool] | None:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if self.full(called) != "dataclasses.dataclass":
            return None
        given = decorator.keywords if isinstance(decorator, ast.Call) else []
        return {
            keyword.arg or "": keyword.value.value
            for keyword in given
            if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
        }

    def fields(self, source: Source, node: ast.ClassDef) -> list[_Field]:
        """Return the fields of a dataclass, those of its bases first."""
        found: dict[str, _Field] = {}
        for base in node.bases:
            above = self.program.named_class(self.program.resolve(source, base))
            if above:
                found |= {one.name: one for one in self.fields(*above)}
        carrier = _Carrier(self.program, source)
        settings = next(
            (s for s in map(carrier._dataclass_settings, node.decorator_list) if s is not None),
            None,
        )
        if settings is None:
            return list(found.values())
        kw_only = settings.get("kw_only", False)
        for part in node.body:
            if not isinstance(part, ast.AnnAssign) or not isinstance(part.target, ast.Name):
                continue
            hint = ast.unparse(part.annotation)
            if hint.startswith(("ClassVar", "typing.ClassVar")):
                continue
            if hint in ("KW_ONLY", "dataclasses.KW_ONLY"):
                kw_only = True
                continue
            init, default, factory, own_kw_only = True, part.value, None, kw_only
            if (
                isinstance(default, ast.Call)
                and self.program.resolve(source, default.func) == "dataclasses.field"
            ):
                named = {keyword.arg: keyword.value for keyword in default.keywords}
                init = getattr(named.get("init"), "value", True)
                own_kw_only = getattr(named.get("kw_only"), "value", kw_only)
                default, factory = named.get("default"), named.get("default_factory")
            found[part.target.id] = _Field(
                part.target.id, init, own_kw_only, default, factory, part.annotation
            )
        return list(found.values())

    def _dataclass(self, node: ast.ClassDef, settings: dict[str, bool]) -> list[ast.stmt]:
        fields = self.fields(self.source, node)
        own = {
            part.target.id
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        }
        methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
        body: list[ast.stmt] = []
        for part in node.body:  # defaults become attributes of the class, in their own order
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                one = next((one for one in fields if one.name == part.target.id), None)
                value = one.default if one else part.value
                if value is not None:
                    body.append(ast.Assign([part.target], self.visit(value)))
                if one and one.factory is not None:
                    made = ast.Name(f"_make_{one.name}", ast.Store())
                    body.append(ast.Assign([made], self.visit(one.factory)))
        if "__init__" not in methods and settings.get("init", True):
            body.append(self._init(node, fields, own))
        named = ", ".join(f"self.{one.name}" for one in fields)
        mine, theirs = (
            f"({named}{',' * bool(named)})",
            f"({named.replace('self.', 'other.')}{',' * bool(named)})",
        )
        texts = {
            "__repr__": f"def __repr__(self): return {_HERE}.shown(self)",
            "__eq__": f"def __eq__(self, other): return type(other) is type(self) and {mine} == {theirs}",
        }
        if settings.get("frozen"):
            texts["__hash__"] = f"def __hash__(self): return hash({mine})"
        if settings.get("order"):
            for name, sign in (
                ("__lt__", "<"),
                ("__le__", "<="),
                ("__gt__", ">"),
                ("__ge__", ">="),
            ):
                texts[name] = f"def {name}(self, other): return {mine} {sign} {theirs}"
        for name, text in texts.items():
            if name not in methods and not (name == "__eq__" and not settings.get("eq", True)):
                body += ast.parse(text).body
        told = ast.Tuple(
            [
                ast.Tuple(
                    [ast.Constant(v) for v in (one.name, one.init, one.default is not None)],
                    ast.Load(),
                )
                for one in fields
            ],
            ast.Load(),
        )
        body.append(ast.Assign([ast.Name("__dataclass_fields__", ast.Store())], told))
        frozen = self.call("Params", ast.Constant(settings.get("frozen", False)))
        body.append(ast.Assign([ast.Name("__dataclass_params__", ast.Store())], frozen))
        body += self._hints(fields)
        rest = [part for part in node.body if not isinstance(part, ast.AnnAssign)]
        carried = self.body(rest)
        return [*body, *(part for part in carried if not isinstance(part, ast.Pass))]

    def _init(self, node: ast.ClassDef, fields: list[_Field], own: set[str]) -> ast.stmt:
        plain = [one for one in fields if one.init and not one.kw_only]
        named = [one for one in fields if one.init and one.kw_only]

        def written(one: _Field) -> str:
            if one.factory is not None:
                return f"{one.name}={_HERE}.MISSING"
            if one.default is None:
                return one.name
            if one.name not in own:
                self.refuse(node, "a dataclass that inherits a default")
            return f"{one.name}={one.name}"

        given = ["self", *map(written, plain)] + (["*", *map(written, named)] if named else [])
        lines = []
        for one in fields:
            if one.factory is not None:
                made = f"type(self)._make_{one.name}()"
                value = (
                    f"{made} if {one.name} is {_HERE}.MISSING else {one.name}" if one.init else made
                )
                lines.append(f"    self.{one.name} = {value}")
            elif one.init:
                lines.append(f"    self.{one.name} = {one.name}")
        if self._has_post_init(self.source, node):
            lines.append("    self.__post_init__()")
        return ast.parse(
            f"def __init__({', '.join(given)}):\n" + "\n".join(lines or ["    pass"])
        ).body[0]

    def _has_post_init(self, source: Source, node: ast.ClassDef) -> bool:
        if any(
            isinstance(part, ast.FunctionDef) and part.name == "__post_init__" for part in node.body
        ):
            return True
        above = (
            self.program.named_class(self.program.resolve(source, base)) for base in node.bases
        )
        return any(self._has_post_init(*found) for found in above if found)

    def _hints(self, fields: list[_Field]) -> list[ast.stmt]:
        """Keep what `Annotated` says beside the type; plain annotations stay behind."""
        told: list[ast.expr] = []
        for one in fields:
            hint = one.hint
            if isinstance(hint, ast.Subscript) and self.full(hint.value) == "typing.Annotated":
                parts = hint.slice.elts if isinstance(hint.slice, ast.Tuple) else [hint.slice]
                kind = (
                    parts[0]
                    if isinstance(parts[0], ast.Name)
                    else ast.Constant(ast.unparse(parts[0]))
                )
                rest = [self.visit(part) for part in parts[1:]]
                inside = ast.Tuple([kind, *rest], ast.Load())
                value = ast.Subscript(hint.value, inside, ast.Load())
                told.append(ast.Tuple([ast.Constant(one.name), value], ast.Load()))
        if not told:
            return []
        nothing = ast.arguments([], [], None, [], [], None, [])
        kept = ast.Lambda(nothing, ast.Tuple(told, ast.Load()))
        static = ast.Call(ast.Name("staticmethod", ast.Load()), [kept], [])
        return [ast.Assign([ast.Name("__hints__", ast.Store())], static)]

    # ---- expressions

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        value = node.value
        if isinstance(value, complex):
            return self._constant(f"complex({_exact(value.real)}, {_exact(value.imag)})")
        if isinstance(value, float) and not value.is_integer():
            return self._constant(_exact(value))
        return node

    def _constant(self, text: str) -> ast.expr:
        """Return a name for a number that MicroPython would read wrongly; it is worked out once."""
        same = (name for name, value in self.constants.items() if ast.unparse(value) == text)
        name = next(same, f"_c{len(self.constants)}")
        self.constants[name] = ast.parse(text, mode="eval").body
        return ast.Name(name, ast.Load())

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        text, given = "", []
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value).replace("{", "{{").replace("}", "}}")
                continue
            assert isinstance(part, ast.FormattedValue)
            value = self.visit(part.value)
            if part.conversion == ord("r"):
                value = self.call("repr_", value)
            elif part.conversion == ord("s"):
                value = self.call("str_", value)
            elif part.conversion != -1:
                self.refuse(node, "!a in a text")
            if part.format_spec is not None:
                value = self.call("format_", value, self.visit(part.format_spec))
            elif part.conversion == -1 and not isinstance(part.value, ast.Constant | ast.JoinedStr):
                value = self.call("str_", value)
            text += "{}"
            given.append(value)
        if not given:
            return ast.Constant(text.replace("{{", "{").replace("}}", "}"))
        if text == "{}" and not isinstance(given[0], ast.Constant):
            alone: ast.expr = given[0]
            return alone
        return ast.Call(ast.Attribute(ast.Constant(text), "format", ast.Load()), given, [])

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        parts: list[ast.expr] = []
        run: list[ast.expr] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                if run:
                    parts.append(ast.Tuple(run, ast.Load()))
                run = []
                parts.append(self.visit(value))
            else:
                run.append(ast.Tuple([self.visit(key), self.visit(value)], ast.Load()))
        if run:
            parts.append(ast.Tuple(run, ast.Load()))
        if len(parts) == 1 and run:
            return self.call("Dict", parts[0])
        return self.call("dict_", *parts) if parts else self.call("Dict")

    def visit_DictComp(self, node: ast.DictComp) -> ast.expr:
        pair = ast.Tuple([self.visit(node.key), self.visit(node.value)], ast.Load())
        generators = [self.visit(generator) for generator in node.generators]
        return self.call("Dict", ast.ListComp(pair, generators))

    def _spread(self, parts: list[ast.expr]) -> ast.expr:
        told = []
        for part in parts:
            many = isinstance(part, ast.Starred)
            value = self.visit(part.value if isinstance(part, ast.Starred) else part)
            told.append(ast.Tuple([ast.Constant(many), value], ast.Load()))
        return self.call("spread", *told)

    def visit_List(self, node: ast.List) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and any(isinstance(p, ast.Starred) for p in node.elts):
            return self._spread(node.elts)
        self.generic_visit(node)
        return node

    def visit_Tuple(self, node: ast.Tuple) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and any(isinstance(p, ast.Starred) for p in node.elts):
            return ast.Call(ast.Name("tuple", ast.Load()), [self._spread(node.elts)], [])
        self.generic_visit(node)
        return node

    def visit_Set(self, node: ast.Set) -> ast.expr:
        if any(isinstance(part, ast.Starred) for part in node.elts):
            return ast.Call(ast.Name("set", ast.Load()), [self._spread(node.elts)], [])
        self.generic_visit(node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        cut = node.slice
        if isinstance(cut, ast.Slice) and cut.step is not None:
            if not isinstance(node.ctx, ast.Load):
                self.refuse(node, "a change of a slice with a step")
            given = [part or ast.Constant(None) for part in (cut.lower, cut.upper, cut.step)]
            return self.call("stepped", self.visit(node.value), *map(self.visit, given))
        if self.program.named_class(self.full(node.value)):
            bare: ast.expr = self.visit(node.value)  # a generic class with its types
            return bare
        self.generic_visit(node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        full = self.full(node)
        module, _, name = full.rpartition(".")
        if name in STAND_INS.get(module, ()):
            return self.library(name)
        if module in NATIVE and module not in self.program.sources and name not in NATIVE[module]:
            self.refuse(node, full)
        self.generic_visit(node)
        node.attr = _MANGLED.get(node.attr, node.attr)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in _FUNCTIONS and not self._is_ours(node.id):
            return self.library(_FUNCTIONS[node.id])
        return node

    def _is_ours(self, name: str) -> bool:
        return (
            name in self.source.imports
            or name in self.source.functions
            or name in self.source.classes
        )

    def _types(self, node: ast.expr) -> ast.expr:
        """Return what `isinstance` may be asked for in MicroPython."""
        parts = list(_parts(node))
        if len(parts) == 1:
            if isinstance(node, ast.Tuple):
                return ast.Tuple([self._types(part) for part in node.elts], ast.Load())
            one: ast.expr = self.visit(node)
            return one
        found = []
        for part in parts:
            if isinstance(part, ast.Constant) and part.value is None:
                found.append(ast.parse("type(None)", mode="eval").body)
            else:
                found.append(self.visit(part))
        return ast.Tuple(found, ast.Load())

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if (
            isinstance(node.op, ast.Mod)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.left.value, str)
        ):
            self.refuse(node, "a text with %")
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        full, func = self.full(node.func), node.func
        name = func.id if isinstance(func, ast.Name) and not self._is_ours(func.id) else ""
        if name in ("isinstance", "issubclass") and len(node.args) == 2:
            node.args = [self.visit(node.args[0]), self._types(node.args[1])]
            return node
        if name == "zip" and node.keywords:
            node.func = self.library("zip_")
        elif name == "float":
            node.func = self.library("float_")
        elif name == "str" and len(node.args) == 1:
            node.func = self.library("str_")
        elif (
            name == "map"
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id in ("float", "str")
        ):
            node.args[0] = self.library(node.args[0].id + "_")
        elif name == "dict":
            told: list[ast.expr] = [
                ast.Tuple([ast.Constant(k.arg), k.value], ast.Load())
                for k in node.keywords
                if k.arg
            ]
            rest = [k.value for k in node.keywords if not k.arg]
            written = [ast.Tuple(told, ast.Load())] if told else []
            return self.call("dict_", *map(self.visit, [*node.args, *rest, *written]))
        elif full == "dataclasses.field":
            self.refuse(node, "field() outside a dataclass")
        if isinstance(func, ast.Attribute):
            carried = self._method(node, func)
            if carried is not None:
                return carried
        target = self.program.function(full)
        if target is not None and target.args.kwarg:
            return self._named(node, target)
        self.generic_visit(node)
        return node

    def _method(self, node: ast.Call, func: ast.Attribute) -> ast.expr | None:
        over = func.value.id if isinstance(func.value, ast.Name) else ""
        if over == "object" and func.attr == "__setattr__":
            return ast.Call(ast.Name("setattr", ast.Load()), [self.visit(a) for a in node.args], [])
        if over == "str" and func.attr == "maketrans" and len(node.args) == 1:
            return self.call("maketrans", self.visit(node.args[0]))
        if over == "dict" and func.attr == "fromkeys":
            return self.call("from_keys", *map(self.visit, node.args))
        if self.full(func):
            return None  # a function of a module
        if func.attr == "join" and len(node.args) == 1 and not node.keywords:
            return self.call("join", self.visit(func.value), self.visit(node.args[0]))
        if func.attr == "sort":
            call = self.call("sort_", self.visit(func.value))
            call.keywords = [ast.keyword(k.arg, self.visit(k.value)) for k in node.keywords]
            return call
        if func.attr == "format" and isinstance(func.value, ast.Constant):
            if ":" in str(func.value.value) or "!" in str(func.value.value):
                self.refuse(node, "format() with more than plain places")
        elif func.attr in _METHODS and not node.keywords:
            given = [self.visit(argument) for argument in node.args]
            return self.call("method", ast.Constant(func.attr), self.visit(func.value), *given)
        return None

    def _named(self, node: ast.Call, target: ast.FunctionDef) -> ast.Call:
        """Hand a function that takes `**` its named arguments in the order in which they are written."""
        own = {argument.arg for argument in (*target.args.args, *target.args.kwonlyargs)}
        own -= {argument.arg for argument in target.args.posonlyargs}
        plain = [keyword for keyword in node.keywords if keyword.arg in own]
        parts: list[ast.expr] = []
        run: list[ast.expr] = []
        for keyword in node.keywords:
            if keyword.arg is None:
                if run:
                    parts.append(ast.Tuple(run, ast.Load()))
                run = []
                parts.append(self.visit(keyword.value))
            elif keyword.arg not in own:
                run.append(
                    ast.Tuple([ast.Constant(keyword.arg), self.visit(keyword.value)], ast.Load())
                )
        if run:
            parts.append(ast.Tuple(run, ast.Load()))
        keywords = [ast.keyword(keyword.arg, self.visit(keyword.value)) for keyword in plain]
        if parts:
            told = parts[0] if len(parts) == 1 and run else self.call("pairs", *parts)
            keywords.append(ast.keyword("_named", told))
        return ast.Call(self.visit(node.func), [self.visit(a) for a in node.args], keywords)

    # ---- match

    def visit_Match(self, node: ast.Match) -> list[ast.stmt]:
        subject = self.temporary()
        found: list[ast.stmt] = [
            ast.Assign([ast.Name(subject, ast.Store())], self.visit(node.subject))
        ]
        done = self.temporary()
        found += ast.parse(f"{done} = False").body
        for case in node.cases:
            bound: list[ast.stmt] = []
            test = self._pattern(case.pattern, ast.Name(subject, ast.Load()), bound)
            body: list[ast.stmt] = [*ast.parse(f"{done} = True").body, *self.body(case.body)]
            if case.guard:
                body = [ast.If(self.visit(case.guard), body, [])]
            tests = [ast.parse(f"not {done}", mode="eval").body, *test]
            found.append(
                ast.If(ast.BoolOp(ast.And(), tests) if test else tests[0], [*bound, *body], [])
            )
        return found

    def _pattern(
        self, pattern: ast.pattern, value: ast.expr, bound: list[ast.stmt]
    ) -> list[ast.expr]:
        """Return the tests of a pattern; what it binds is added to `bound`."""
        if isinstance(pattern, ast.MatchValue):
            return [ast.Compare(value, [ast.Eq()], [self.visit(pattern.value)])]
        if isinstance(pattern, ast.MatchSingleton):
            return [ast.Compare(value, [ast.Is()], [ast.Constant(pattern.value)])]
        if isinstance(pattern, ast.MatchOr):
            every = [self._pattern(one, value, bound) for one in pattern.patterns]
            if bound:
                self.refuse(pattern, "a name bound in an alternative of a case")
            whole = [ast.BoolOp(ast.And(), one) if len(one) > 1 else one[0] for one in every]
            return [ast.BoolOp(ast.Or(), whole)]
        if isinstance(pattern, ast.MatchAs):
            tests = self._pattern(pattern.pattern, value, bound) if pattern.pattern else []
            if pattern.name:
                bound.append(ast.Assign([ast.Name(pattern.name, ast.Store())], value))
            return tests
        if isinstance(pattern, ast.MatchClass) and not pattern.patterns:
            tests = [
                ast.Call(ast.Name("isinstance", ast.Load()), [value, self._types(pattern.cls)], [])
            ]
            for name, one in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
                tests += self._pattern(one, ast.Attribute(value, name, ast.Load()), bound)
            return tests
        if isinstance(pattern, ast.MatchSequence) and not any(
            isinstance(one, ast.MatchStar) for one in pattern.patterns
        ):
            text = f"isinstance(x, (list, tuple)) and len(x) == {len(pattern.patterns)}"
            test = ast.parse(text.replace("x", ast.unparse(value)), mode="eval").body
            tests = [test]
            for place, one in enumerate(pattern.patterns):
                item = ast.Subscript(value, ast.Constant(place), ast.Load())
                tests += self._pattern(one, item, bound)
            return tests
        self.refuse(pattern, "this kind of case")
        return []

    # ---- a last look

    def _refuse_unknown_names(self, tree: ast.Module) -> None:
        bound = {_HERE, "_named"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                bound.add(node.name)
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
            elif isinstance(node, ast.alias):
                bound.add(node.asname or node.name.partition(".")[0])
            elif isinstance(node, ast.ExceptHandler) and node.name:
                bound.add(node.name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id not in bound | _BUILTINS:
                self.refuse(node, f"the name {node.id}")
            elif isinstance(node, ast.AsyncFor | ast.AsyncWith | ast.Await | ast.TryStar):
                self.refuse(node, "this construct")


def _exact(number: float) -> str:
    """Return an expression whose value is this float in every Python, by one division of whole numbers."""
    if number.is_integer():
        return repr(number)
    sign = "-" if number < 0 else ""
    digits, _, power = repr(abs(number)).partition("e")
    whole, _, rest = digits.partition(".")
    upper, places = int(whole + rest), len(rest) - int(power or 0)
    if 0 <= places <= 22 and upper < 2**53:
        return f"{sign}{upper} / 1{'0' * places}"
    top, bottom = abs(number).as_integer_ratio()
    return f"{sign}{top} / {bottom}"


def library_text(path: Path) -> str:
    """Return the library without what only people and type checkers need."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for argument in (*node.args.args, *node.args.kwonlyargs, node.args.vararg):
                if argument:
                    argument.annotation = None
            node.returns = None
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    plain = [
        ast.Assign([node.target], node.value)
        if isinstance(node, ast.AnnAssign) and node.value
        else node
        for node in tree.body
    ]
    tree.body = plain
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
