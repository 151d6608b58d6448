# A container with nothing but the program:
#
#   docker build --tag epitome .
#   docker run --rm --volume "$PWD:/work" epitome run --corpus news.jsonl
FROM rust:1.95-slim AS build
WORKDIR /source
COPY . .
ARG FEATURES=""
# only the program is linked without shared libraries: macros of the compiler need them
RUN cargo rustc --locked --release --bin epitome --features "$FEATURES" -- -C target-feature=+crt-static
RUN mkdir -p /image/tmp /image/work && chmod 1777 /image/tmp /image/work && cp target/release/epitome /image/epitome

FROM scratch
LABEL org.opencontainers.image.title="epitome" \
      org.opencontainers.image.description="Benchmark harness for extractive summarisers and keyword extractors" \
      org.opencontainers.image.licenses="(MIT OR Apache-2.0) AND CC-BY-SA-4.0"
COPY --from=build /image /
ENV HOME=/work
WORKDIR /work
ENTRYPOINT ["/epitome"]
