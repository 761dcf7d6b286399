# archspec as a command: docker build -t archspec . && docker run --rm -v "$PWD:/work:ro" archspec lint .
FROM python:3.12.12-slim-bookworm AS build
COPY . /source
RUN /source/.ci/install /opt/archspec

FROM python:3.12.12-slim-bookworm
COPY --from=build /opt/archspec /opt/archspec
ENV PATH="/opt/archspec/bin:$PATH"
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["archspec"]
CMD ["--help"]
