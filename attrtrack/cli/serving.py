"""`serve`, `demo` and `db`: the web page, the sample year, the database."""

import argparse
import os
import tempfile

import uvicorn

from attrtrack.bootstrap import build_app, register_address, upgrade_register
from attrtrack.cli.backing_up import copy
from attrtrack.cli.figures import print_measure
from attrtrack.cli.output import print_row, say
from attrtrack.cli.searching import reindex
from attrtrack.errors import EnvironmentFailedError, UsageError
from attrtrack.workflow import sample, shapes
from attrtrack.workflow.jobs import BackgroundWorker
from attrtrack.workflow.measuring import coverage


def serve(options: argparse.Namespace) -> int:
    """Serve the pages until interrupted; forwarding headers are the porch's to believe or not, so uvicorn leaves them."""
    if options.workers > 1 and register_address(options.db).startswith("sqlite"):
        raise UsageError("SQLite 登记库只能用一个进程：请去掉 --workers，或先用 attrtrack db copy 换到 PostgreSQL。")
    app = build_app(options.db, options.actor)
    app.store.close()
    for name, value in (("DATABASE_URL", options.db), ("USER", options.actor)):
        if value:
            os.environ[f"ATTRTRACK_{name}"] = value
    say(f"网页已启动：http://{options.host}:{options.port} （按 Ctrl-C 停止）")
    working = BackgroundWorker(app)
    try:
        with tempfile.TemporaryDirectory(prefix="attrtrack-metrics-") as counted:
            os.environ["ATTRTRACK_METRICS_FOLDER"] = counted
            uvicorn.run(
                "api.app:serving_app",
                factory=True,
                host=options.host,
                port=options.port,
                workers=options.workers,
                proxy_headers=False,
                server_header=False,
                log_level="warning",
            )
    except KeyboardInterrupt:
        say("网页已停止。")
    except SystemExit as leaving:
        raise EnvironmentFailedError(f"端口 {options.port} 打不开：可能已被占用，请用 --port 换一个端口。") from leaving
    finally:
        working.stop()
    return 0


def demo(options: argparse.Namespace) -> int:
    """Load the sample year, do the whole job, print the figures."""
    app = build_app(options.db, options.actor)
    for step in sample.load(app):
        if options.json:
            print_row({"step": step.name, "done": step.count, "message": step.message})
        else:
            print(f"{step.message}")
    for measure in coverage(app, year=sample.YEAR):
        if options.json:
            print_row(shapes.measure_row(measure, with_rows=False))
        else:
            print_measure(measure, with_rows=False)
    return 0


def database(options: argparse.Namespace) -> int:
    """Bring the database to the structure this program needs and check the guards, or copy it into another."""
    if options.act == "copy":
        return copy(options)
    if options.target is not None:
        raise UsageError(f"db {options.act} 后面不写目标：要复制到另一个数据库，请用 attrtrack db copy 目标地址。")
    if options.act == "reindex":
        return reindex(options)
    revision = upgrade_register(options.db)
    app = build_app(options.db, options.actor)
    app.store.close()
    if options.json:
        print_row({"ok": True, "revision": revision})
    else:
        say(f"数据库已是本程序需要的结构（版本 {revision}），约束和触发器齐全。")
    return 0
