# Read docs/how-to/run-in-a-container.md first. The network is used for the build only.
FROM python:3.13-slim-bookworm

WORKDIR /build
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: --requirement requirements/run.txt

COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY questions questions
COPY examples examples
COPY docs/man docs/man
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --no-index . && rm -rf /build

RUN useradd --create-home --uid 1000 person && mkdir /papers && chown person /papers
USER person
WORKDIR /papers
ENTRYPOINT ["iop-fit"]
