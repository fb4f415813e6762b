# What to do with portalsim. Continuous integration runs `make test`, and nothing that cannot be run at a desk.

FUZZTIME ?= 30s
SOAK ?= 1h
CHECKS ?= 5000
OUT ?= .build/out
FOLDERS = cmd sim scenarios output validation
BUILD = $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unstamped)
RECORDED = $(shell grep -rlE --include='*_test.go' 'flag.Bool."update"' $(FOLDERS) | xargs -n 1 dirname | sort -u | sed 's|^|./|')
PROPERTIES = $(shell grep -rl --include='*_test.go' 'pgregory.net/rapid' $(FOLDERS) | xargs -n 1 dirname | sort -u | sed 's|^|./|')

.PHONY: help build whatif test-fast test test-go format test-long readers notebooks browser fuzz mutation golden docs bench bench-go profile clean

help:      ## print these lines
	@sed -n 's/^\([a-z-]*\): .*## /\1\t/p' Makefile | expand -t 12

build: whatif ## the program, in bin/portalsim, with version and commit stamped in, and the engine of its page
	go build -trimpath -buildvcs=false -tags whatif -ldflags '-X main.build=$(BUILD)' -o bin/portalsim ./cmd/portalsim

whatif:    ## the engine for the page of portalsim whatif, which go build -tags whatif embeds
	.ci/engine

test-fast: format ## gofmt, go vet and the Go tests, with small samples: under a minute
	go vet ./... && go test -short ./...

test: format verify test-go readers notebooks browser ## every test but the long ones: Go, the tables in other programs, the notebooks, reports in a browser

format:
	@test -z "$$(gofmt -l $(FOLDERS))" || { echo "gofmt would change:"; gofmt -l $(FOLDERS); exit 1; }

test-go:   ## go vet, every Go test, and every benchmark once
	go vet ./... && go test ./... && go test -run '^$$' -bench . -benchtime 1x ./... >/dev/null

.PHONY: verify offline
verify:    ## the modules on the disk are those that go.sum names
	go mod verify

offline:   ## the Go tests, with small samples, where there is no network
	unshare $$(test $$(id -u) = 0 || echo -r) -n env GOPROXY=off PORTALSIM_OFFLINE=1 go test -short -count 1 ./...

readers:   ## the tables in DuckDB (Python and Node), Polars, pyarrow and pandas, indices in SALib, the event log in pm4py and vidigi
	validation/readers/setup.sh && validation/readers/node/setup.sh
	mkdir -p .build && go build -o .build/portalsim ./cmd/portalsim
	PORTALSIM=.build/portalsim validation/readers/runs.sh $(OUT)
	PORTALSIM_OUT=$(OUT) .venv/bin/pytest -q -p no:cacheprovider validation/readers

notebooks: ## the notebooks of output/notebooks, executed on fresh output
	validation/readers/setup.sh
	mkdir -p .build && go build -o .build/portalsim ./cmd/portalsim
	PORTALSIM=$(CURDIR)/.build/portalsim .venv/bin/pytest -q -p no:cacheprovider validation/notebooks

browser:   ## reports and the what-if page in a real Chromium, the page in Firefox too: errors, requests, labels, accessibility, phone, dark mode, print
	validation/browser/setup.sh
	.ci/engine
	GOOS=js GOARCH=wasm go test -exec "$$(go env GOROOT)/lib/wasm/go_js_wasm_exec" -run Bits ./sim/elementary
	mkdir -p .build && go build -tags whatif -o .build/portalsim ./cmd/portalsim
	PORTALSIM=$(CURDIR)/.build/portalsim .build/browser/bin/pytest -q -p no:cacheprovider validation/browser

.PHONY: test-cluster
test-cluster: ## studies as arrays on a real Slurm on this host, with tasks, a node and the controller killed: as root on Debian, some three minutes
	validation/cluster/setup.sh
	mkdir -p .build && rm -f .build/cluster.log && go build -o .build/portalsim ./cmd/portalsim
	PORTALSIM=$(CURDIR)/.build/portalsim .build/cluster/bin/pytest -q -p no:cacheprovider validation/cluster

test-long: test ## all of it at length: races, many random clinics from a fresh seed, fuzzing, coverage
	go test -race -timeout 60m ./...
	PORTALSIM_LONG=1 go test -timeout 60m ./sim/experiment ./cmd/portalsim -run 'Coverage|Killing|DiskThatIsFull|WorkedStudies'
	PORTALSIM_LONG=1 go test -timeout 90m ./validation -run CoveragePage
	PORTALSIM_LONG=1 go test -timeout 30m ./scenarios/messagelog -run Coverage
	PORTALSIM_LONG=1 go test -timeout 60m ./scenarios -run SchemaAgrees
	go test -timeout 60m $(PROPERTIES) -rapid.checks=$(CHECKS) -rapid.seed=$$(date +%s)
	$(MAKE) release-tools && PORTALSIM_LONG=1 go test -timeout 90m ./cmd/portalsim -run Release
	$(MAKE) offline fuzz mutation soak SOAK=10m
	mkdir -p .build && go test -coverpkg=./... -coverprofile=.build/coverage.out ./... && go tool cover -func=.build/coverage.out | tail -1

fuzz:      ## each fuzz target for FUZZTIME (30s), with its files in memory where there is /dev/shm: on a disk it would wait
	@grep -rn --include='*_test.go' '^func Fuzz' $(FOLDERS) | sed 's|/[^/]*_test.go:.*func \(Fuzz[A-Za-z]*\).*| \1|' | \
	while read -r folder name; do GOTMPDIR=$${TMPDIR:-/tmp} TMPDIR=$$(test -w /dev/shm && echo /dev/shm || echo $${TMPDIR:-/tmp}) go test ./$$folder -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; done

.PHONY: soak
soak:      ## commands one after the other in one process for SOAK (1h): memory flat, and the tables of runs at once
	PORTALSIM_SOAK=$(SOAK) go test ./cmd/portalsim -run TestSoak -v -timeout 0

mutation:  ## break the program on purpose and tell which checks notice, into docs/mutation.md: about half an hour
	go run ./validation/mutation -out docs/mutation.md

golden:    ## rewrite the golden files and the generated parts of documents; read the difference before committing
	go test $(RECORDED) -update

docs:      ## rewrite only the generated documents
	go test $(RECORDED) -run 'Documents|Readme|FaceValidity|TestCases' -update

.PHONY: coverage
coverage:  ## measure the coverage of every interval at full scale, into docs/coverage.md: some ten minutes
	PORTALSIM_LONG=1 go test ./validation -run CoveragePage -timeout 90m -update

.PHONY: release-tools release-snapshot
TOOLS = $(CURDIR)/.build/tools
GORELEASER = github.com/goreleaser/goreleaser/v2@v2.15.1
CYCLONEDX = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

release-tools: ## what builds a release, into .build/tools: some five minutes, once
	mkdir -p $(TOOLS)
	test -x $(TOOLS)/goreleaser || GOFLAGS=-mod=mod GOBIN=$(TOOLS) go install $(GORELEASER)
	test -x $(TOOLS)/cyclonedx-gomod || GOFLAGS=-mod=mod GOBIN=$(TOOLS) go install $(CYCLONEDX)

release-snapshot: release-tools ## the archives of a release, of this commit, in .build/dist
	PATH="$(TOOLS):$$PATH" goreleaser release --snapshot --clean

bench: build ## how fast it is, beside SimPy and others, into docs/performance.md: some four minutes
	validation/readers/setup.sh cmd/bench/requirements.txt .build/simpy
	go run -pgo=cmd/portalsim/default.pgo ./cmd/bench

bench-go:  ## Go benchmarks of the parts, ten times, for benchstat
	go test -run '^$$' -bench . -benchmem -count 10 ./...

profile:   ## make anew the profile that the compiler optimises by
	mkdir -p .build && for b in MM1 MM10 Baseline; do go test ./cmd/bench -run '^$$' -bench "$$b\$$" -benchtime 5s -o .build/bench.test -cpuprofile .build/$$b.prof || exit 1; done
	go tool pprof -proto .build/bench.test .build/MM1.prof .build/MM10.prof .build/Baseline.prof >cmd/portalsim/default.pgo

clean:     ## remove what building and testing leave behind
	rm -rf bin .build .venv out validation/readers/node/node_modules && find $(FOLDERS) -name __pycache__ -prune -exec rm -rf {} +
