#!/bin/sh
# 离线安装或升级 attrtrack：sh install.sh [安装目录，缺省 /opt/attrtrack]
# 登记库地址取自 ATTRTRACK_DATABASE_URL，或安装目录外的 /etc/attrtrack/attrtrack.env；有登记库时先备份，再升级。
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/attrtrack}
settings=${ATTRTRACK_ENV_FILE:-/etc/attrtrack/attrtrack.env}

fail() { echo "安装没有完成：$1" >&2; exit 1; }

cd "$here"
echo "核对安装包 ……"
sha256sum --quiet -c SHA256SUMS || fail "安装包不完整或被改动，请重新拷贝后再试。"

python=${PYTHON:-}
if [ -z "$python" ]; then
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            python=$name
            break
        fi
    done
fi
[ -n "$python" ] || fail "没有找到 Python 3.11 以上版本；请先安装，或用 PYTHON=/路径/python3 sh install.sh 指定。"
"$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$python 缺少 venv 或 ensurepip，请安装系统的 python3-venv 软件包。"

version=$(ls wheels | sed -n 's/^attrtrack-\([^-]*\)-.*/\1/p')
final="$target/versions/$version-$(date +%Y%m%d%H%M%S)"
mkdir -p "$target/versions" || fail "不能写入 $target，请换目录或用有权限的用户运行。"
echo "安装 attrtrack $version 到 $final ……"
"$python" -m venv "$final"
"$final/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels \
    --require-hashes -r requirements.txt || {
    rm -rf "$final"
    fail "有的组件不适用于这台机器的 Python 版本或处理器，见上面的说明；原来的程序没有改动。"
}
"$final/bin/attrtrack" --version

if [ -z "${ATTRTRACK_DATABASE_URL:-}" ] && [ -r "$settings" ]; then
    ATTRTRACK_DATABASE_URL=$(sed -n 's/^ATTRTRACK_DATABASE_URL=//p' "$settings" | tail -n 1)
fi
if [ -n "${ATTRTRACK_DATABASE_URL:-}" ]; then
    export ATTRTRACK_DATABASE_URL
    echo "备份登记库 ……"
    mkdir -p "$target/backups"
    chmod 700 "$target/backups"
    kept="$target/backups/before-$version-$(date +%Y%m%d-%H%M%S).backup"
    if said=$("$final/bin/attrtrack" backup "$kept" --quiet 2>&1); then
        echo "升级登记库 ……"
        "$final/bin/attrtrack" db upgrade || fail "登记库没有升级成，仍是原来的版本；备份在 $kept。程序没有切换。"
    else
        case $said in
            *没有这个数据库文件*|*没有公文登记*) echo "还没有登记库：首次使用请运行 attrtrack db upgrade。" ;;
            *) fail "登记库没有备份成，因此没有升级，程序也没有切换。$said" ;;
        esac
    fi
fi

ln -sfn "versions/$(basename "$final")" "$target/current.new"
mv -T "$target/current.new" "$target/current"
cp -r examples install.html licences.tsv LICENSE "$target/"
echo "安装完成：$target/current/bin/attrtrack"
echo "作为服务运行、反向代理、退回上一版，见 $target/install.html。"
