"""`jobs` and `worker`: long work started, watched, cancelled and done."""

import argparse
import signal
import threading
import time
from collections.abc import Callable
from pathlib import PurePath

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import local_time, print_row, say, shown
from attrtrack.cli.progress import Progress
from attrtrack.domain.jobs import Job, JobKind, JobState, Upload
from attrtrack.errors import UsageError
from attrtrack.workflow import jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.job_running import run_job
from attrtrack.workflow.job_shapes import job_row
from attrtrack.workflow.reading import load_bytes

_LOOK_SECONDS = 1.0
_LISTED = 20
_INTERRUPTED = 1
_WORDS = {
    "imported": "新增",
    "updated": "更新",
    "unchanged": "未变",
    "refused": "拒收",
    "proposed": "提出建议",
    "changed": "与上次建议不同",
    "unlike_decisions": "与审定不同",
    "with_documents": "找到文件",
    "audited": "审查",
    "flagged": "存疑",
    "not_audited": "没有认定、未审查",
}


def manage(options: argparse.Namespace) -> int:
    """List, show, cancel, start or go on with jobs."""
    return _ACTS[options.act](build_app(options.db, options.actor, unit=options.unit), options)


def work(options: argparse.Namespace) -> int:
    """Run jobs until the process is told to stop."""
    app = build_app(options.db, options.actor)
    stop = threading.Event()
    if not app.store.has_queue:
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, lambda *_: stop.set())
    say("开始办理批量任务（按 Ctrl-C 停止：办完手头的一段，其余留待下次接着办）")
    jobs.run_worker(app, stop)
    say("已停止。")
    return 0


def _list(app: App, options: argparse.Namespace) -> int:
    _refuse_more(options, 0)
    found = jobs.listed(app)
    for job in found:
        print_row(job_row(job)) if options.json else print(_line(job))
    if not found and not options.json:
        print("没有批量任务。")
    return 0


def _show(app: App, options: argparse.Namespace) -> int:
    return _tell(jobs.status(app, _named(options)), as_json=options.json)


def _cancel(app: App, options: argparse.Namespace) -> int:
    job = jobs.cancel(app, _named(options))
    if options.json:
        print_row(job_row(job))
    else:
        ended = {JobState.RUNNING: "已要求取消，办完手头的一段即停；已完成的部分保留。"}
        print(ended.get(job.state, f"任务{job.state.chinese}。"))
    return 0


def _start(app: App, options: argparse.Namespace) -> int:
    if not options.words:
        raise UsageError("请写明任务种类，如 attrtrack jobs start re-propose。")
    kind, *paths = options.words
    if kind == JobKind.EXPORT:
        raise UsageError("在这里导出请用 attrtrack export --year 年 --out 文件名；网页上的导出在“导出年度清单”里。")
    uploads = [Upload(PurePath(path).name, load_bytes(path)) for path in paths]
    job_id = jobs.start(app, kind, {"unit": options.unit, "year": options.year}, uploads, queued=options.queue)
    if not options.queue:
        return _run_here(app, job_id, options)
    if options.json:
        return _tell(jobs.status(app, job_id), as_json=True)
    print(
        f"已排队：{job_id}。由 attrtrack worker（或 SQLite 上的 attrtrack serve）办理；进度：attrtrack jobs show {job_id}"
    )
    return 0


def _run(app: App, options: argparse.Namespace) -> int:
    return _run_here(app, jobs.status(app, _named(options)).id, options)


def _run_here(app: App, job_id: str, options: argparse.Namespace) -> int:
    """Run a job in this process with a line of progress; one that another process is at is watched."""
    progress = Progress(quiet=options.quiet, noun="项")

    def watch(job: Job) -> None:
        progress.reach(job.done, job.total)

    try:
        job = run_job(app, job_id, watch=watch) or _watched(app, job_id, watch)
    except KeyboardInterrupt:
        progress.clear()
        say(
            f"已中断：办完的部分都已保存。接着办：attrtrack jobs run {job_id}；不再办：attrtrack jobs cancel {job_id}。"
        )
        return _INTERRUPTED
    progress.clear()
    return _tell(job, as_json=options.json)


def _watched(app: App, job_id: str, watch: Callable[[Job], None]) -> Job:
    while not (job := jobs.status(app, job_id)).state.ended:
        watch(job)
        time.sleep(_LOOK_SECONDS)
    return job


def _named(options: argparse.Namespace) -> str:
    _refuse_more(options, 1)
    if not options.words:
        raise UsageError(f"请写明任务编号，如 attrtrack jobs {options.act} J3。")
    return str(options.words[0])


def _refuse_more(options: argparse.Namespace, most: int) -> None:
    if len(options.words) > most:
        raise UsageError(f"attrtrack jobs {options.act} 后面写得太多：{shown(' '.join(options.words[most:]))[:60]}。")


def _line(job: Job) -> str:
    total = "" if job.total is None else f"/{job.total}"
    return f"{job.id:>6}  {job.state.chinese}　{job.kind.chinese}　{job.done}{total}　{job.started_by}　{local_time(job.created)}"


def _tell(job: Job, *, as_json: bool) -> int:
    if as_json:
        print_row(job_row(job))
    else:
        print(_line(job))
        if job.rate and job.state is JobState.RUNNING:
            print(f"  每秒 {job.rate:.1f} 项")
        if job.message:
            print(f"  {job.message}")
        _tell_result(job)
    failed = job.state is JobState.FAILED or bool((job.result or {}).get("refused"))
    return 1 if failed else 0


def _tell_result(job: Job) -> None:
    result = job.result or {}
    counts = [f"{word} {result[name]}" for name, word in _WORDS.items() if result.get(name)]
    if counts:
        print("  " + "，".join(counts))
    errors = result.get("errors")
    rows = errors if isinstance(errors, list) else []
    for error in rows[:_LISTED]:
        place = f" 第 {error['row']} 行" if error.get("row") else ""
        print(f"  [{error['code']}] {shown(error['file'])}{place}：{error['message']}")
    if len(rows) > _LISTED:
        print(f"  其余见 attrtrack jobs show {job.id} --json")


_ACTS = {"list": _list, "show": _show, "cancel": _cancel, "start": _start, "run": _run}
