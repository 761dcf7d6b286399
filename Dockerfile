# archspec as a command: docker build -t archspec . && docker run --rm -v "$PWD:/work:ro" archspec lint .
FROM python:3.12.12-slim-bookworm@sha256:593bd06efe90efa80dc4eee3948be7c0fde4134606dd40d8dd8dbcade98e669c AS build
COPY . /source
RUN /source/.ci/install /opt/archspec

FROM python:3.12.12-slim-bookworm@sha256:593bd06efe90efa80dc4eee3948be7c0fde4134606dd40d8dd8dbcade98e669c
COPY --from=build /opt/archspec /opt/archspec
ENV PATH="/opt/archspec/bin:$PATH"
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["archspec"]
CMD ["--help"]
