# 运行 make 或 make help 查看全部命令。

PYTHON ?= python3
VENV   ?= .venv
SITE   ?= .
OUT    ?= public

# 命令一律经由虚拟环境的 python 启动：文件夹路径带空格或过长时也能运行。
RUN := "$(VENV)/bin/python" -m

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help build check serve test lint format screenshots bench wheel lock clean env-build env-test

help: ## 显示本帮助
	@printf '用法：make <命令>\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s  %s\n", $$1, $$2 }' Makefile
	@printf '\n可选变量：PYTHON=%s  VENV=%s  SITE=%s  OUT=%s\n' '$(PYTHON)' '$(VENV)' '$(SITE)' '$(OUT)'

build: env-build ## 生成网站到 public/（首次运行会自动安装依赖）
	@$(RUN) build_site build --site "$(SITE)" --out "$(OUT)"

check: env-build ## 检查网站内容：链接、空页面、必填项等
	@$(RUN) build_site check --site "$(SITE)"

serve: env-build ## 边写边看：在浏览器里预览，保存后自动更新
	@$(RUN) build_site serve --site "$(SITE)" --open

test: lint ## 运行全部检查和测试（开发人员用）
	@$(RUN) pytest

lint: env-test ## 检查代码风格、格式和类型
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

format: env-test ## 自动整理代码格式
	@$(RUN) ruff check --fix-only --quiet .
	@$(RUN) ruff format .

screenshots: env-test ## 用浏览器给生成的页面截图
	@$(RUN) scripts.screenshots public build/screenshots

bench: env-build ## 同别的静态网站生成器比较速度，写到 docs/performance.md（很慢；make bench BENCH="--sizes 1000"）
	@$(RUN) scripts.bench $(BENCH)

wheel: env-build ## 打包成 dist/*.whl（内含默认主题）
	@$(RUN) hatchling build -t wheel -d dist

lock: ## 重新锁定依赖版本（升级全部依赖：make lock LOCK_FLAGS=--upgrade）
	@PYTHON='$(PYTHON)' LOCK_FLAGS='$(LOCK_FLAGS)' sh -c "$$MAKE_LOCKS"

clean: ## 删除生成的网站、缓存和安装包（保留虚拟环境）
	@rm -rf public .public.* .cache build dist *.egg-info htmlcov .coverage .coverage.* \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name '.?*' -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

env-build env-test:
	@PYTHON='$(PYTHON)' VENV='$(VENV)' sh -c "$$MAKE_ENV" make-env $(@:env-%=%)

# 建立或更新虚拟环境。$$1 是 build 或 test；test 的锁文件包含 build 的全部内容，两者共用一个环境。
# 安装全部完成后才写入印记文件，内容为：解释器、所在文件夹、锁文件、pyproject.toml。
# 印记缺失或第一行不符，就重建环境；只有 pyproject.toml 变了，就地更新。
define MAKE_ENV
set -eu
kind=$$1
other=build; [ "$$kind" = test ] || other=test

fail() { for line; do echo "$$line" >&2; done; exit 1; }
show='import sys; print("%d.%d.%d" % sys.version_info[:3])'
version=$$("$$PYTHON" -c "$$show" 2>/dev/null) ||
  fail "没有找到可以运行的 Python：$$PYTHON" "请安装 Python 3.11 或更新版本，或者指定路径：make PYTHON=/usr/bin/python3.11 …"
"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "需要 Python 3.11 或更新版本，而 $$PYTHON 是 $$version。" "请指定另一个 Python：make PYTHON=/usr/bin/python3.11 …"

base=$$("$$PYTHON" -c 'import sys; print(sys.base_prefix)')
stamp() { cat "$$VENV/.$$1-stamp" 2>/dev/null || true; }
want() { echo "$$version $$base $$PWD $$(cksum < "scripts/locks/$$1.txt")"; cksum < pyproject.toml; }
fits() { [ "$$(stamp "$$1" | head -n 1)" = "$$(want "$$1" | head -n 1)" ]; }
absent() { [ ! -e "$$VENV/.$$1-stamp" ]; }

usable=no
if "$$VENV/bin/python" -c '' 2>/dev/null; then usable=yes; fi
if [ $$usable = yes ] && [ "$$(stamp "$$kind")" = "$$(want "$$kind")" ]; then exit 0; fi

keep=no
if [ $$usable = yes ]; then
  if fits "$$kind" && { fits "$$other" || absent "$$other"; }; then keep=yes; fi
  if [ "$$kind" = test ] && absent test && fits build; then keep=yes; fi
fi
rm -f "$$VENV/.build-stamp" "$$VENV/.test-stamp"
if [ $$keep = no ]; then
  echo "正在建立虚拟环境 $$VENV（Python $$version）……"
  "$$PYTHON" -m venv --clear "$$VENV" ||
    fail "虚拟环境建立失败。Debian、Ubuntu 系统请先安装：apt-get install python3-venv"
fi
echo "正在安装依赖（scripts/locks/$$kind.txt）……"
pip() { "$$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$$@"; }
pip --require-hashes -r "scripts/locks/$$kind.txt" ||
  fail "依赖安装失败，请检查网络后重新运行。"
pip --no-deps --no-build-isolation -e . || fail "本项目安装失败，原因见上。"
want build > "$$VENV/.build-stamp"
if [ "$$kind" = test ]; then want test > "$$VENV/.test-stamp"; fi
endef
export MAKE_ENV

# 锁文件由 uv 生成（临时环境，用完即删），对 Python 3.11 以上各版本和各平台通用，含全部安装文件的校验值。
define MAKE_LOCKS
set -eu
tmp=$$(mktemp -d)
trap 'rm -rf "$$tmp"' EXIT
trap 'exit 130' INT TERM
echo "正在准备 uv……"
"$$PYTHON" -m venv "$$tmp"
"$$tmp/bin/python" -m pip install -qq --disable-pip-version-check --no-input uv

compile() {
  "$$tmp/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$$@" > /dev/null
}
for kind in test build; do
  if [ -e "scripts/locks/$$kind.txt" ]; then cp "scripts/locks/$$kind.txt" "$$tmp/$$kind.txt"; fi
done
compile --group test -o "$$tmp/test.txt" $$LOCK_FLAGS
compile --group build -o "$$tmp/build.txt" -c "$$tmp/test.txt" $$LOCK_FLAGS

if grep -nE '://|--(index|extra-index|find-links)|^[^ ]+ @ ' "$$tmp/test.txt" "$$tmp/build.txt"; then
  echo "锁文件里出现了地址，已放弃。" >&2; exit 1
fi
for pin in $$(sed -n 's/^\([^ #]*==[^ ;]*\).*/\1/p' "$$tmp/build.txt"); do
  grep -qF "$$pin " "$$tmp/test.txt" || { echo "test.txt 缺少 $$pin，已放弃。" >&2; exit 1; }
done
for kind in test build; do
  { echo '# 由 make lock 生成，请勿手工修改。'; grep -v '^#' "$$tmp/$$kind.txt"; } > "scripts/locks/$$kind.txt"
  echo "scripts/locks/$$kind.txt：$$(grep -c == "scripts/locks/$$kind.txt") 个包"
done
endef
export MAKE_LOCKS
