"""Run the jobs of a build on the cores of this machine: in processes where there are many, else in threads.

The engine draws outside of Python's lock, but measuring, binding and checking do not: processes keep all cores busy.
They are forked, so that they start at once and nothing has to be sent to them; where that cannot be done safely
(another thread is running, or the system has no fork), threads do the same work more slowly, with the same bytes.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ClassVar, TypeVar

from assetgen.errors import AssetgenError

Job = TypeVar("Job")
Result = TypeVar("Result")
# Jobs that wait per thread: enough that none runs dry, few enough that finished pictures do not pile up in memory.
AHEAD = 2
# Below this many jobs the start of processes costs more than they save.
WORTH_FORKING = 24


def run(
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    workers: int | None = None,
    prepare: Callable[[], None] | None = None,
    abandon: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Yield `work(job)` for each job, in their order.

    `workers` is the number of processes or threads (the machine's cores); `prepare` is called once before processes are
    forked, to load what all of them need, `abandon` when the work of threads is broken off. Raises AssetgenError when a
    process dies.
    """
    todo, count = list(jobs), workers or os.cpu_count() or 1
    if count > 1 and len(todo) >= WORTH_FORKING and _may_fork():
        if prepare:
            prepare()
        yield from _in_processes(work, todo, count)
    else:
        yield from _in_threads(work, todo, count, abandon)


def _may_fork() -> bool:
    """Tell whether a fork is safe: no other thread may hold a lock that its copy would wait for."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _in_processes(work: Callable[[Any], Any], todo: Sequence[Any], count: int) -> Iterator[Any]:
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(count, context, _Worker.adopt, (work, todo)) as pool:
            with warnings.catch_warnings():
                # Python warns of threads that libraries such as polars started; they hold nothing that a worker uses.
                warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
                results = pool.map(_Worker.call, range(len(todo)))
            yield from results
    except BrokenProcessPool as error:
        hint = "was it out of memory? try fewer with --jobs, then run the build again: it goes on where it stopped"
        raise AssetgenError("a worker process died", hint=hint) from error


class _Worker:
    """What a forked process has to do; set in the process itself, and gone with it."""

    work: ClassVar[Callable[[Any], Any]]
    todo: ClassVar[Sequence[Any]]

    @classmethod
    def adopt(cls, work: Callable[[Any], Any], todo: Sequence[Any]) -> None:
        """Take over work and jobs from the process that was forked."""
        cls.work, cls.todo = staticmethod(work), todo

    @classmethod
    def call(cls, number: int) -> Any:
        """Return the result of one job."""
        return cls.work(cls.todo[number])


def _in_threads(
    work: Callable[[Job], Result], todo: Sequence[Job], count: int, abandon: Callable[[], None] | None
) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(count, "assetgen") as pool:
        try:
            for job in todo:
                waiting.append(pool.submit(work, job))
                if len(waiting) > count * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:  # Ctrl-C, and the end of a generator that nobody reads on, too
            if abandon:
                abandon()
            raise
        finally:
            for future in waiting:
                future.cancel()
