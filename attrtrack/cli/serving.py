"""`serve`, `demo` and `db`: the web page, the sample year, the database."""

import argparse
import os

import uvicorn

from attrtrack.bootstrap import build_app, upgrade_register
from attrtrack.cli.figures import print_measure
from attrtrack.cli.output import print_row, say
from attrtrack.errors import EnvironmentFailedError
from attrtrack.workflow import sample, shapes
from attrtrack.workflow.measuring import coverage


def serve(options: argparse.Namespace) -> int:
    """Serve the pages until interrupted."""
    app = build_app(options.db, options.actor)
    app.store.close()
    if options.db:
        os.environ["ATTRTRACK_DATABASE_URL"] = options.db
    say(f"网页已启动：http://{options.host}:{options.port} （按 Ctrl-C 停止）")
    try:
        uvicorn.run("api.app:create_app", factory=True, host=options.host, port=options.port, log_level="warning")
    except KeyboardInterrupt:
        say("网页已停止。")
    except SystemExit as leaving:
        raise EnvironmentFailedError(f"端口 {options.port} 打不开：可能已被占用，请用 --port 换一个端口。") from leaving
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
    """Bring the database to the structure this program needs and check the guards."""
    revision = upgrade_register(options.db)
    app = build_app(options.db, options.actor)
    app.store.close()
    if options.json:
        print_row({"ok": True, "revision": revision})
    else:
        say(f"数据库已是本程序需要的结构（版本 {revision}），约束和触发器齐全。")
    return 0
