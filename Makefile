# Everything a newcomer needs: `make run` opens the chat, `make test` checks it. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: run build test check soak bench interop record screens lint format install clean help deps

PREFIX ?= /usr/local
# Arguments of the program: make run ARGS="--provider ollama"
ARGS ?=
SWIFT_CHECKS := --explicit-target-dependency-import-check error
SWIFT_RELEASE := -c release $(SWIFT_CHECKS)
ifeq ($(shell uname), Linux)
# A static Swift library, so that the program runs where no Swift is installed; stripped. The toolchain's own linker, since
# others warn of a function that Foundation holds and nothing here calls.
SWIFT_RELEASE += --static-swift-stdlib -Xlinker -s -Xswiftc -use-ld=lld
endif

# Tests that only compute run first: beside them, those that talk to processes and sockets would wait for the processor.
COMPUTING := ChatModelTests|ChatWireTests|TerminalModelTests|MarkdownTextTests|ChatScreenTests

run: build ## build, then open the chat (on the embedded demo when nothing is configured)
	@.build/release/aichat-tui $(ARGS)

build: deps ## leave .build/release/aichat-tui: static Swift library, stripped
	swift build $(SWIFT_RELEASE) --product aichat-tui

test: deps ## build for debugging and run every test
	swift build --build-tests $(SWIFT_CHECKS)
	swift test --skip-build --filter '$(COMPUTING)'
	swift test --skip-build --skip '$(COMPUTING)'

record: deps ## write the screenplays and the layouts of Markdown anew; look at the diff
	swift build --build-tests $(SWIFT_CHECKS)
	RECORD_SCREENPLAYS=1 swift test --skip-build --filter 'ScreenplayTests|MarkdownGoldenTests|HighlightingSampleTests|ExportGoldenTests'

screens: build ## take the screens of the README anew, from the running program
	swift build $(SWIFT_CHECKS) --product ReadmeScreens
	.build/debug/ReadmeScreens .build/release/aichat-tui README.md

check: deps ## the tests that compute, each with as many random cases as its claim is made for (minutes)
	swift build --build-tests $(SWIFT_CHECKS)
	THOROUGH=1 swift test --skip-build --filter '$(COMPUTING)'

bench: deps build ## measure frames, and streams beside curl; fails where a budget is far exceeded (a minute)
	@command -v curl >/dev/null || $(SUDO) apt-get install -y -q curl
	swift build $(SWIFT_RELEASE) --product Benchmarks
	.build/release/Benchmarks .build/release/aichat-tui

soak: deps ## 10,000 random keys; saved chats at full length: 8 programs, 1,000 kills, 1,000 power failures (minutes)
	swift build --build-tests $(SWIFT_CHECKS)
	THOROUGH=1 swift test --skip-build --filter 'ProgramTests|DiskTests|RandomKeysTests'

interop: build ## others' programs on serve: a headless Chromium (by apt), the openai package (by pip, under .build); 64 clients for a minute
	@command -v chromium >/dev/null || $(SUDO) apt-get install -y -q chromium
	@python3 -c 'import ensurepip' 2>/dev/null || $(SUDO) apt-get install -y -q python3-venv
	@[ -x .build/interop/bin/python ] || { python3 -m venv .build/interop && .build/interop/bin/pip install -q openai; }
	python3 Tests/Interop/page.py .build/release/aichat-tui
	.build/interop/bin/python Tests/Interop/openai_client.py .build/release/aichat-tui
	python3 Tests/Interop/load.py .build/release/aichat-tui

lint: ## check the formatting of the sources and tests
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## rewrite the sources and tests as the linter wants them
	swift format --in-place --recursive --parallel Package.swift Sources Tests

install: build ## copy the program to $(PREFIX)/bin
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/aichat-tui "$(DESTDIR)$(PREFIX)/bin/aichat-tui"

clean: ## remove what was built
	rm -rf .build

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The C libraries, by their pkg-config names; libvterm is the screen of the tests.
LIBRARIES := libcurl ncursesw libmicrohttpd libcmark-gfm sqlite3 vterm
DEBIAN := pkg-config libcurl4-openssl-dev libncurses-dev libmicrohttpd-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libsqlite3-dev libvterm-dev
FEDORA := pkgconf-pkg-config libcurl-devel ncurses-devel libmicrohttpd-devel cmark-gfm-devel sqlite-devel libvterm-devel
ARCH := pkgconf curl ncurses libmicrohttpd cmark-gfm sqlite libvterm
HOMEBREW := pkgconf curl ncurses libmicrohttpd cmark-gfm sqlite libvterm
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

deps: ## install the C libraries where they are missing (by apt; elsewhere: say which)
	@command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed: see https://www.swift.org/install"; exit 1; }
	@if command -v pkg-config >/dev/null && pkg-config --exists $(LIBRARIES); then :; \
	elif command -v apt-get >/dev/null; then \
	  echo "Installing $(DEBIAN)"; \
	  $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q $(DEBIAN); \
	else \
	  echo "Some of these libraries are missing: $(LIBRARIES). Install them, then run make again:"; \
	  echo "  Fedora:   sudo dnf install $(FEDORA)"; \
	  echo "  Arch:     sudo pacman -S $(ARCH)"; \
	  echo "  Homebrew: brew install $(HOMEBREW)"; \
	  exit 1; \
	fi
